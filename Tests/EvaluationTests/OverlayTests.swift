import Foundation
import Intake
import Testing

@testable import Evaluation

/// Methods that are based on others, and methods that are printed: they mean what they meant.
@Suite struct OverlayTests {
    /// What is printed is the same method; it reads the same when it is printed once more.
    @Test(arguments: Shipped.methods)
    func printedMethods(_ name: String) throws {
        let file = Shipped.root.appending(path: "Samples/methods/\(name).yaml")
        let source = try MethodSource.read(path: file.path)
        let graph = try #require(Checker(source.root, contracts: Shipped.contracts).graph)
        for text in [source.root.yaml, source.text] {
            let checker = try checked(text)
            #expect(checker.problems == [])
            #expect(checker.graph?.meaning == graph.meaning)
            #expect(checker.graph?.wording == graph.wording)
            #expect(try MethodFile.parse(text).yaml == source.root.yaml)
        }
    }

    /// Any method that can be checked at all, right or wrong: the print has the same mistakes.
    @Test func printedMistakes() throws {
        let folder = Shipped.root.appending(path: "Samples/bad/methods")
        var count = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where name.hasSuffix(".yaml") {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            guard let root = try? MethodFile.parse(text) else { continue }
            func messages(_ root: SourceNode) -> [String] {
                Checker(root, contracts: Shipped.contracts).problems
                    .map { $0.message.replacing(/line [0-9]+/, with: "line") }.sorted()
            }
            #expect(messages(try MethodFile.parse(root.yaml)) == messages(root), "\(name)")
            count += 1
        }
        #expect(count > 150)
    }

    /// Huangyan 2022 says what editing the complete file of 2021 would have said.
    @Test func huangyan() throws {
        var edited = try Shipped.method("huangyan-2021")
        for (old, new) in [
            ("id: huangyan-2021", "id: huangyan-2022"), ("（2021 年度数据）", "（2022 年度数据）"),
            ("data_year: 2021", "data_year: 2022"), ("as_of: 2022-05-31", "as_of: 2023-09-25"),
            ("date: 2022-09-25", "date: 2023-09-25"),
            ("decimals: 6, value: tax / land", "decimals: 4, value: tax / land"),
            ("decimals: 6, value: tax / power", "decimals: 4, value: tax / power"),
            ("baseline: 26.01}", "baseline: 24.097}"), ("baseline: 132.27", "baseline: 136.16"),
            ("baseline: 2.54}", "baseline: 2.694}"), ("baseline: 4861.08", "baseline: 4929.81"),
            ("baseline: 17.45", "baseline: 18.14"), ("baseline: 0.0305", "baseline: 0.0302"),
            ("baseline: 16.601058", "baseline: 11.5932"), ("baseline: 0.236565", "baseline: 0.2352"),
        ] {
            try #require(edited.contains(old), "\(old)")
            edited = edited.replacing(old, with: new)
        }
        let overlay = try Shipped.graph("huangyan-2022")
        #expect(try compiled(edited).meaning == overlay.meaning)
        #expect(try compiled(edited).wording == overlay.wording)
    }

    /// The schema of overlays is that of methods, of which everything may be left out.
    @Test func schema() throws {
        func schema(_ name: String) throws -> NSDictionary {
            let data = try Data(contentsOf: Shipped.root.appending(path: "Schemas/\(name)"))
            return try #require(try JSONSerialization.jsonObject(with: data) as? NSDictionary)
        }
        func loose(_ part: Any) -> Any {
            if let list = part as? [Any] { return list.map(loose) }
            guard let keys = part as? [String: Any] else { return part }
            var found: [String: Any] = [:]
            for (key, value) in keys where !(key == "required" && value is [Any]) && key != "minProperties" {
                guard key == "oneOf", let forms = value as? [Any] else {
                    found[key] = loose(value)
                    continue
                }
                let rest = forms.map(loose).filter { ($0 as? [String: Any])?.isEmpty == false }
                if !rest.isEmpty { found["anyOf"] = rest }
            }
            return found
        }
        var wanted = try #require(loose(try schema("method.schema.json")) as? [String: Any])
        var overlay = try #require(try schema("method-overlay.schema.json") as? [String: Any])
        #expect(overlay.removeValue(forKey: "required") as? [String] == ["based_on"])
        var properties = try #require(overlay["properties"] as? [String: Any])
        for key in ["based_on", "remove"] { #expect(properties.removeValue(forKey: key) != nil) }
        overlay["properties"] = properties
        for key in ["title", "description"] {
            wanted[key] = nil
            overlay[key] = nil
        }
        #expect(NSDictionary(dictionary: overlay) == NSDictionary(dictionary: wanted))
    }
}
