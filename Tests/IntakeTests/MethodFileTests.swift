import Evaluation
import Foundation
import Testing

@testable import Intake

@Suite struct MethodFileTests {
    private func message(_ text: String) -> String {
        do {
            _ = try MethodFile.parse(text)
            return ""
        } catch { return error.message }
    }

    @Test func scalarsKeepTheirTextAndPlace() throws {
        let root = try MethodFile.parse(
            "a: 0.0302\n指标: [1e3, 0x10, yes, ~, '2021-01', \"q\"]\nlong: |\n  x\n  y\n")
        guard case .mapping(let pairs) = root.content, pairs.count == 3,
            case .sequence(let items) = pairs[1].value.content,
            case .scalar(let number) = pairs[0].value.content
        else {
            Issue.record("not the expected shape")
            return
        }
        #expect(number == "0.0302" && pairs[0].value.place == SourcePlace(line: 1, column: 4))
        let texts = items.map { item in if case .scalar(let text) = item.content { text } else { "" } }
        #expect(texts == ["1e3", "0x10", "yes", "~", "2021-01", "q"])
        // Columns count characters, not bytes.
        #expect(items[0].place == SourcePlace(line: 2, column: 6))
        // A caret stands under the text itself: behind the quote, and on each line of a block.
        #expect(items[5].lines == [.init(offset: 0, place: SourcePlace(line: 2, column: 37))])
        #expect(
            pairs[2].value.lines == [
                .init(offset: 0, place: SourcePlace(line: 4, column: 3)),
                .init(offset: 2, place: SourcePlace(line: 5, column: 3)),
            ])
    }

    /// Windows editors put it before the first key.
    @Test func aByteOrderMarkIsNoMistake() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data([0xef, 0xbb, 0xbf] + Array("mujun: method/1\n".utf8)).write(to: URL(filePath: path))
        let (text, root) = try MethodFile.read(path: path)
        #expect(text == "mujun: method/1\n")
        guard case .mapping(let pairs) = root.content, case .scalar(let key) = pairs.first?.key.content else {
            Issue.record("not a mapping")
            return
        }
        #expect(key == "mujun")
    }

    @Test(
        arguments: [
            ([0x50, 0x4b, 3, 4, 0xff], "this is no text file"),
            ([0xff, 0xfe, 0x6d, 0], "the file is UTF-16"),
            ([0xd3, 0xc0], "the file is not UTF-8 (perhaps GBK)"),
        ] as [([UInt8], String)])
    func whatIsNoUTF8(_ bytes: [UInt8], _ sentence: String) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(filePath: path))
        do {
            _ = try MethodFile.read(path: path)
            Issue.record("it was read")
        } catch { #expect("\(error)".contains(sentence)) }
    }

    @Test func syntaxErrorsShowLineAndCaret() {
        #expect(
            message("a: 1\nb: [1, 2\nc: 3\n")
                == "2:4: ‘[’ is never closed; add ‘]’.\nb: [1, 2\n   ^")
        #expect(message("a: 1\na: 2\n") == "2:1: ‘a’ stands here and on line 1; delete one.\na: 2\n^")
        #expect(message("\ta: 1\n").hasPrefix("1:1: a tab cannot indent; indent with blanks.\n\ta: 1\n^"))
        #expect(message("a: 1\n---\nb: 2\n").hasPrefix("2:1: ‘---’ begins a second document"))
        #expect(message("").hasPrefix("1:1: the file is empty. Its first line must say what it is"))
        #expect(message("a: \u{1}\n").contains("control characters"))
    }

    /// Signs of a Chinese input method: YAML complains about the line after them, the message names them.
    @Test(arguments: [
        ("tax:\n  label：税收\n  unit: 元\n", "2:8: ‘：’ is a full-width colon"),
        ("tax:\n  label: 税收\n  unit：元\nland: 1\n", "3:7: ‘：’ is a full-width colon"),
        ("tax: {label: 税收，unit: 元}\nland: 1\n", "1:16: ‘，’ is a full-width comma"),
        ("tax: {label: 税收，含地方， unit: 元}\n", "1:20: ‘，’ is a full-width comma"),
        ("tax: ｛label: 税收, unit: 元｝\nland: 1\n", "1:6: ‘｛’ is a full-width brace"),
        ("tax: {label: 税收, unit: 元｝\nland: 1\n", "1:25: ‘｝’ is a full-width brace"),
        ("tax:\n  label: 税收\n\tunit: 元\n", "3:1: a tab cannot indent"),
        ("tax:\n  label: 税收\n\n# 注\n\u{3000}unit: 元\n  x: 1\n", "5:1: a full-width blank"),
        ("tax: {label: '税收，unit: 元', x\nland: 1\n", "1:6: ‘{’ is never closed"),
        ("tax: {label: 税收，含地方 # ：\nland: 1\n", "1:6: ‘{’ is never closed"),
        ("tax: 见文件：甲\n  land: 1\n", "2:3: this line begins with 2 blanks"),
    ])
    func fullWidthSigns(_ text: String, _ start: String) {
        #expect(message(text).hasPrefix(start))
    }

    @Test func aliasesAreRefusedBeforeTheyCanExplode() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            text +=
                "a\(level): &a\(level) ["
                + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
        }
        for key in ["", "? *a12\n: 1\n", "?\n  *a12\n", "{*a12 : 1}\n", "{*a12}\n", "[*a12, *a12]: 1\n"] {
            for lineBreak in ["\n", "\r\n", "\r", "\u{2028}"] {
                let file = "# a method\n\(text)\(key)".replacing("\n", with: lineBreak)
                #expect(message(file).hasPrefix("2:5: anchors (&) and aliases (*) are not allowed"), "\(key)")
            }
        }
        #expect(message("a: *nothing\n").contains("undefined alias"))
        #expect(message("share: {label: R&D经费, of: 2*x + a *b}\n") == "")
    }

    /// The text that a place points at, and whether all of it stands there on one line.
    private func pointed(_ value: String) throws -> (excerpt: String, isSingleLine: Bool) {
        let text = "亩 a: 1\n值: " + value + "\nlast: 1\n"
        guard case .mapping(let pairs) = try MethodFile.parse(text).content, pairs.count == 3 else {
            return ("", false)
        }
        let lines = pairs[1].value.lines
        return (
            MethodLines(text).excerpt(at: pairs[1].value.place), lines.count == 1 && lines[0].offset == 0
        )
    }

    @Test(arguments: [
        ("tax / land", "值: tax / land\n    ^", true),
        ("'tax / land'", "值: 'tax / land'\n     ^", true),
        ("\"tax / land\"", "值: \"tax / land\"\n     ^", true),
        ("'用地 / it''s'", "值: '用地 / it''s'\n     ^^", false),
        ("\"a\\tb\"", "值: \"a\\tb\"\n     ^", false),
        ("tax /\n  land", "值: tax /\n    ^", false),
        ("\"tax /\n  land\"", "值: \"tax /\n     ^", false),
        ("|\n\n    tax / land", "    tax / land\n    ^", false),
        (">-\n    tax / land", "    tax / land\n    ^", true),
        (">-\n    tax\n    / land", "    tax\n    ^", false),
        ("|\n    # tax\n    land", "    # tax\n    ^", false),
        ("!!str &x 'tax'", "值: !!str &x 'tax'\n              ^", true),
        ("!!str  # why\n    tax", "    tax\n    ^", true),
        ("''", "值: ''\n     ^", true),
    ])
    func placesAreThoseOfTheFirstCharacter(_ value: String, _ excerpt: String, _ isSingleLine: Bool) throws {
        let found = try pointed(value)
        #expect(found.excerpt == excerpt && found.isSingleLine == isSingleLine, "\(found)")
    }

    @Test func carriageReturnsCountAsOneLineBreak() {
        #expect(
            message("a: 1\r\nb: [1, 2\r\nc: 3\r\n").hasPrefix(
                "2:4: ‘[’ is never closed; add ‘]’.\nb: [1, 2\n   ^"))
        #expect(
            MethodLines("指标: x").excerpt(at: SourcePlace(line: 1, column: 2), length: 3) == "指标: x\n  ^^^^")
        #expect(MethodLines("a").excerpt(at: SourcePlace(line: 7, column: 0)) == "")
    }

    @Test func depthAndSizeAreBounded() {
        #expect(
            message(String(repeating: "[", count: 70) + String(repeating: "]", count: 70)).contains(
                "64 levels"))
        #expect(!message(String(repeating: "[", count: 500_000)).isEmpty)
        #expect(!message(String(repeating: "- ", count: 400_000) + "x").isEmpty)
        #expect(message(String(repeating: "x", count: 1 << 20) + "y").contains("1 MiB"))
        #expect(
            message("a:\n" + String(repeating: "  - 1\n", count: 20_000)).contains("more than 20000 values"))
    }

    @Test func filesThatCannotBeRead() {
        #expect(throws: IntakeError.self) { try MethodFile.read(path: "/nowhere.yaml") }
    }
}
