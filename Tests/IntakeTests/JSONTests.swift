import Foundation
import Testing

@testable import Intake

struct JSONTests {
    @Test func everyKindOfValue() throws {
        let json =
            "\u{feff} {\"甲\": [1, -0.50, 1e9, true, null], \"b\": {}, \"c\": [], \"d\": \"\\u4ea9\\ud83d\\ude00\\n\\/\"}\r\n"
        #expect(
            try JSONReader.read(Array(json.utf8))
                == .object([
                    "甲": .array([
                        .number("1"), .number("-0.50"), .number("1e9"), .word("true"), .word("null"),
                    ]),
                    "b": .object([:]), "c": .array([]), "d": .text("亩😀\n/"),
                ]))
    }

    @Test(arguments: [
        ("{\"a\": 1,\n \"b\" 2}", 2, 6, "expected `:`"), ("{\"a\": 1", 1, 8, "expected `,` or `}`"),
        ("[1, 2", 1, 6, "expected `,` or `]`"), ("{\"a\": x}", 1, 7, "expected a value"),
        ("{a: 1}", 1, 2, "expected a key in quotes"), ("{\"a\": 1}\n}", 2, 1, "nothing may follow the end"),
        ("{\"a\": \"b\n\"}", 1, 9, "a text must end on its line"), ("\"\\ud800\"", 1, 8, "half a character"),
        ("\"a", 1, 3, "a text is not closed"), ("{\"a\":1,\"a\":2}", 1, 8, "the key `a` stands twice"),
    ])
    func placesOfProblems(_ json: String, _ line: Int, _ column: Int, _ sentence: String) {
        #expect(throws: JSONProblem(line: line, column: column, sentence: sentence)) {
            try JSONReader.read(Array(json.utf8))
        }
    }

    @Test func numbersAreLeftToWhoeverReadsThem() throws {
        #expect(try JSONReader.read(Array("99999999999999999999".utf8)) == .number("99999999999999999999"))
    }
}
