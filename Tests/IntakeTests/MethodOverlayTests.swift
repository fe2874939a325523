import Evaluation
import Foundation
import Testing

@testable import Intake

/// One method laid over another: what becomes of keys, and what is refused.
@Suite struct MethodOverlayTests {
    /// Method files in a folder of their own.
    private final class Folder {
        let path: String

        init(_ files: [String: String]) throws {
            path = URL.temporaryDirectory.appendingPathComponent("mujun-overlay-\(UUID().uuidString)").path
            for (name, text) in files {
                let file = URL(fileURLWithPath: "\(path)/\(name)")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func read(_ name: String = "top.yaml") throws(IntakeError) -> MethodSource {
            try MethodSource.read(path: "\(path)/\(name)")
        }

        /// What is said, with the folder left away; empty when nothing is.
        func refusal(_ name: String = "top.yaml") -> String {
            do throws(IntakeError) {
                _ = try read(name)
                return ""
            } catch { return error.message.replacing("\(path)/", with: "") }
        }
    }

    private static let base = """
        a: 1
        map: {x: 1, y: 2, z: {p: 1, q: 2}}
        list: [1, 2, 3]
        规则: {甲.乙: 1, 甲: {丙: 2}}

        """

    @Test(
        arguments: [
            (
                "{}",
                "a: 1\n\nmap:\n  x: 1\n  y: 2\n  z: {p: 1, q: 2}\n\nlist:\n  - 1\n  - 2\n  - 3\n\n规则:\n  甲.乙: 1\n  甲: {丙: 2}\n"
            ),
            ("a: 2", nil), ("map: {y: 5}", nil), ("map: {z: {q: 3, r: 4}, w: 0}", nil), ("list: [9]", nil),
            ("map: none", nil), ("a: {b: 1}", nil), ("remove: map.z.q", nil), ("remove: [map.y, list]", nil),
            ("remove: [map.z.p, map.z.q]", nil), ("remove: [规则.甲.乙, 规则.甲.丙]", nil),
            ("remove: map\nmap: {new: 1}", nil), ("remove: map.z\nmap: {z: {p: 7}}", nil),
        ] as [(String, String?)])
    func keys(_ overlay: String, _ printed: String?) throws {
        let change = overlay == "{}" ? "" : overlay
        let folder = try Folder(["base.yaml": Self.base, "top.yaml": "based_on: base.yaml\n\(change)"])
        let merged = try folder.read()
        let wanted = [
            "a: 2": "{a: 2, map: {x: 1, y: 2, z: {p: 1, q: 2}}, list: [1, 2, 3], 规则: {甲.乙: 1, 甲: {丙: 2}}}",
            "map: {y: 5}":
                "{a: 1, map: {x: 1, y: 5, z: {p: 1, q: 2}}, list: [1, 2, 3], 规则: {甲.乙: 1, 甲: {丙: 2}}}",
            "map: {z: {q: 3, r: 4}, w: 0}":
                "{a: 1, map: {x: 1, y: 2, z: {p: 1, q: 3, r: 4}, w: 0}, list: [1, 2, 3], 规则: {甲.乙: 1, 甲: {丙: 2}}}",
            "list: [9]": "{a: 1, map: {x: 1, y: 2, z: {p: 1, q: 2}}, list: [9], 规则: {甲.乙: 1, 甲: {丙: 2}}}",
            "map: none": "{a: 1, map: none, list: [1, 2, 3], 规则: {甲.乙: 1, 甲: {丙: 2}}}",
            "a: {b: 1}":
                "{a: {b: 1}, map: {x: 1, y: 2, z: {p: 1, q: 2}}, list: [1, 2, 3], 规则: {甲.乙: 1, 甲: {丙: 2}}}",
            "remove: map.z.q":
                "{a: 1, map: {x: 1, y: 2, z: {p: 1}}, list: [1, 2, 3], 规则: {甲.乙: 1, 甲: {丙: 2}}}",
            "remove: [map.y, list]": "{a: 1, map: {x: 1, z: {p: 1, q: 2}}, 规则: {甲.乙: 1, 甲: {丙: 2}}}",
            "remove: [map.z.p, map.z.q]":
                "{a: 1, map: {x: 1, y: 2}, list: [1, 2, 3], 规则: {甲.乙: 1, 甲: {丙: 2}}}",
            "remove: [规则.甲.乙, 规则.甲.丙]": "{a: 1, map: {x: 1, y: 2, z: {p: 1, q: 2}}, list: [1, 2, 3]}",
            "remove: map\nmap: {new: 1}": "{a: 1, list: [1, 2, 3], 规则: {甲.乙: 1, 甲: {丙: 2}}, map: {new: 1}}",
            "remove: map.z\nmap: {z: {p: 7}}":
                "{a: 1, map: {x: 1, y: 2, z: {p: 7}}, list: [1, 2, 3], 规则: {甲.乙: 1, 甲: {丙: 2}}}",
        ][overlay]
        if let wanted { #expect(merged.root.yaml == (try MethodFile.parse(wanted).yaml)) }
        if let printed { #expect(merged.root.yaml == printed) }
        #expect(wanted != nil || printed != nil)
        #expect(try MethodFile.parse(merged.text).yaml == merged.root.yaml)
        #expect(merged.text.hasPrefix("# Complete, with what it was based on: base.yaml.\n"))
    }

    /// A file without a base is itself, to the letter.
    @Test func noBase() throws {
        let text = "# 注\na:   1\n"
        let source = try Folder(["top.yaml": text]).read()
        #expect(source.text == text && source.files.count == 1)
    }

    @Test func placesKnowTheirFile() throws {
        let folder = try Folder([
            "deep/base.yaml": "a: 1\nb: {c: 1}\n", "deep/middle.yaml": "based_on: base.yaml\nb:\n  d: 2\n",
            "top.yaml": "based_on: deep/middle.yaml\n\n\na: 3\n",
        ])
        let source = try folder.read()
        #expect(
            source.files.map(\.name)
                == ["top.yaml", "deep/middle.yaml", "deep/base.yaml"].map { "\(folder.path)/\($0)" })
        guard case .mapping(let pairs) = source.root.content, pairs.count == 2,
            case .mapping(let inner) = pairs[1].value.content, inner.count == 2
        else {
            Issue.record("not the expected shape")
            return
        }
        #expect(pairs[0].value.place == SourcePlace(line: 4, column: 4, file: 0))
        #expect(pairs[0].value.lines == [.init(offset: 0, place: SourcePlace(line: 4, column: 4, file: 0))])
        #expect(inner[0].value.place == SourcePlace(line: 2, column: 8, file: 2))
        #expect(inner[1].value.place == SourcePlace(line: 3, column: 6, file: 1))
    }

    @Test(
        arguments: [
            (
                ["top.yaml": "a: 1\nbased_on: 'top.yaml'\n"],
                "top.yaml:2:12: the methods are based on each other in a circle: top.yaml → top.yaml.\nbased_on: 'top.yaml'\n           ^"
            ),
            (
                ["top.yaml": "based_on: b.yaml", "b.yaml": "based_on: c.yaml", "c.yaml": "based_on: b.yaml"],
                "c.yaml:1:11: the methods are based on each other in a circle: top.yaml → b.yaml → c.yaml → b.yaml.\nbased_on: b.yaml\n          ^"
            ),
            (
                ["top.yaml": "based_on: ../b.yaml"],
                "top.yaml:1:11: ‘based_on’ is ‘../b.yaml’, but must be the name of a file in the folder of this one, or in a folder below it, such as huangyan-2021.yaml.\nbased_on: ../b.yaml\n          ^"
            ),
            (
                ["top.yaml": "based_on: /etc/hostname"],
                "top.yaml:1:11: ‘based_on’ is ‘/etc/hostname’, but must be the name of a file in the folder of this one, or in a folder below it, such as huangyan-2021.yaml.\nbased_on: /etc/hostname\n          ^"
            ),
            (
                ["top.yaml": "id: x\nremove: a"],
                "top.yaml:2:1: ‘remove’ needs ‘based_on’: name the method of which something is left out.\nremove: a\n^"
            ),
            (
                ["top.yaml": "base_on: b.yaml"],
                "top.yaml:1:1: a method has no key ‘base_on’; did you mean ‘based_on’?\nbase_on: b.yaml\n^"
            ),
            (
                ["top.yaml": "based_on: [a.yaml]"],
                "top.yaml:1:11: ‘based_on’ must be the name of one method file.\nbased_on: [a.yaml]\n          ^"
            ),
            (
                ["top.yaml": "based_on: b.yaml\nremove: {a: 1}", "b.yaml": "a: 1"],
                "top.yaml:2:9: ‘remove’ lists what is removed, such as adjustments.high_tech.\nremove: {a: 1}\n        ^"
            ),
            (
                ["top.yaml": "based_on: b.yaml\nremove: [m.u, n, m.v.w]", "b.yaml": "m: {x: 1, v: {y: 2}}"],
                """
                top.yaml:2:10: there is no ‘m.u’ in b.yaml, so it cannot be removed; ‘m’ has x, v.
                remove: [m.u, n, m.v.w]
                         ^
                top.yaml:2:15: there is no ‘n’ in b.yaml, so it cannot be removed; it has m.
                remove: [m.u, n, m.v.w]
                              ^
                top.yaml:2:18: there is no ‘m.v.w’ in b.yaml, so it cannot be removed; ‘m.v’ has y.
                remove: [m.u, n, m.v.w]
                                 ^
                """
            ),
            (
                ["top.yaml": "based_on: b.yaml"],
                "b.yaml: No such file or directory. Check that the file exists and may be read. top.yaml is based on it (line 1)."
            ),
        ] as [([String: String], String)])
    func refusals(_ files: [String: String], _ said: String) throws {
        #expect(try Folder(files).refusal() == said)
    }

    /// A base that is no YAML is complained about in its own place.
    @Test func aBrokenBase() throws {
        let said = try Folder(["top.yaml": "based_on: b.yaml", "b.yaml": "a: 1\nb: [1\n"]).refusal()
        #expect(said.hasPrefix("b.yaml:") && !said.contains("top.yaml"))
    }

    /// Eight methods may stand behind one, and no ninth.
    @Test func depth() throws {
        func chain(_ length: Int) throws -> Folder {
            var files = ["m\(length).yaml": "n\(length): 1"]
            for index in 0..<length {
                files["m\(index).yaml"] = "based_on: m\(index + 1).yaml\nn\(index): 1"
            }
            return try Folder(files)
        }
        let eight = try chain(8).read("m0.yaml")
        #expect(eight.files.count == 9)
        #expect(eight.root.yaml == (0...8).reversed().map { "n\($0): 1\n" }.joined())
        #expect(
            try chain(9).refusal("m0.yaml").hasPrefix(
                "m8.yaml:1:11: more than 8 methods stand behind each other: m0.yaml → m1.yaml → "))
    }

    /// Together they may be no larger than one file.
    @Test func size() throws {
        func values(_ name: String) -> String { (0..<7000).map { "\(name)\($0): 1\n" }.joined() }
        let folder = try Folder(["base.yaml": values("a"), "top.yaml": "based_on: base.yaml\n" + values("b")])
        #expect(folder.refusal().hasPrefix("top.yaml: with what it is based on, the method is refused: "))
        #expect(folder.refusal().contains("more than 20000 values"))
    }
}
