import Foundation
import Testing

@testable import Intake

@Suite struct ScanTests {
    private struct Row: Equatable {
        var fields: [String]
        var line: Int
        var byte: Int
        var state: UInt8
    }

    /// All rows of the text, split as a file of three columns.
    private func rows(_ bytes: [UInt8], readSize: Int, capacity: Int) throws -> (rows: [Row], isWhole: Bool) {
        let path = NSTemporaryDirectory() + "scan-" + UUID().uuidString
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let chunk = Chunk(try ByteSource(path: path, container: .csv), readSize: readSize)
        _ = try chunk.refill()
        let batch = RowBatch(width: 3, capacity: capacity)
        var found: [Row] = []
        while true {
            let end = chunk.split(into: batch)
            for row in 0..<batch.count {
                let fields = (0..<3).map {
                    String(decoding: batch.span(row, $0).content(in: chunk.bytes), as: UTF8.self)
                }
                found.append(
                    Row(
                        fields: fields, line: batch.lines[row], byte: chunk.offset + Int(batch.starts[row]),
                        state: batch.states[row].rawValue))
            }
            if end == .full { continue }
            if chunk.isLast { return (found, chunk.position == chunk.end) }
            guard try chunk.refill() else { return (found, false) }
        }
    }

    private let clean: UInt8 = 0
    private let width = RowState.wrongWidth.rawValue
    private let stray = RowState.strayQuote.rawValue

    /// Every case in every division into chunks and batches.
    private func check(_ text: String, _ expected: [Row], isWhole: Bool = true) throws {
        let bytes = Array(text.utf8)
        for readSize in [1, 2, 3, 5, 7, 8, 9, 16, 1000] {
            for capacity in [1, 2, 100] {
                let found = try rows(bytes, readSize: readSize, capacity: capacity)
                #expect(found.rows == expected, "read \(readSize), batch \(capacity)")
                #expect(found.isWhole == isWhole, "read \(readSize), batch \(capacity)")
            }
        }
    }

    @Test func plainRows() throws {
        try check(
            "a,b,c\n1,,3\n,,\n",
            [
                Row(fields: ["a", "b", "c"], line: 1, byte: 0, state: clean),
                Row(fields: ["1", "", "3"], line: 2, byte: 6, state: clean),
                Row(fields: ["", "", ""], line: 3, byte: 11, state: clean),
            ])
    }

    @Test func carriageReturnsAndEmptyLinesAndNoLastLineBreak() throws {
        try check(
            "a,b,c\r\n\r\n\n1,2,3\r\n4,5,6",
            [
                Row(fields: ["a", "b", "c"], line: 1, byte: 0, state: clean),
                Row(fields: ["1", "2", "3"], line: 4, byte: 10, state: clean),
                Row(fields: ["4", "5", "6"], line: 5, byte: 17, state: clean),
            ])
    }

    @Test func quotesWithEverythingInside() throws {
        try check(
            "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\r\nand three\"\r\n\"\",\"\"\"\",x\n永康,金属\u{1},\"末\"",
            [
                Row(
                    fields: ["a,b", "say \"hi\"", "two\nlines\r\nand three"], line: 1, byte: 0, state: clean),
                Row(fields: ["", "\"", "x"], line: 4, byte: 43, state: clean),
                Row(fields: ["永康", "金属\u{1}", "末"], line: 5, byte: 53, state: clean),
            ])
    }

    @Test func strayQuotes() throws {
        try check(
            "a\"b,c,d\n\"a\"b,c,d\n\"a\" ,c,d\n1,2,3\n",
            [
                Row(fields: ["a\"b", "c", "d"], line: 1, byte: 0, state: stray),
                Row(fields: ["\"a\"b", "c", "d"], line: 2, byte: 8, state: stray),
                Row(fields: ["\"a\" ", "c", "d"], line: 3, byte: 17, state: stray),
                Row(fields: ["1", "2", "3"], line: 4, byte: 26, state: clean),
            ])
    }

    @Test func tooFewAndTooManyFields() throws {
        try check(
            "a,b\n1,2,3,4\nx\n\"q\",\"r\"\n1,2,3\n",
            [
                Row(fields: ["a", "b", ""], line: 1, byte: 0, state: width),
                Row(fields: ["1", "2", "3"], line: 2, byte: 4, state: width),
                Row(fields: ["x", "", ""], line: 3, byte: 12, state: width),
                Row(fields: ["q", "r", ""], line: 4, byte: 14, state: width),
                Row(fields: ["1", "2", "3"], line: 5, byte: 22, state: clean),
            ])
    }

    @Test func nulBytesAreContent() throws {
        try check("a\0,b\0\0,\0\n", [Row(fields: ["a\0", "b\0\0", "\0"], line: 1, byte: 0, state: clean)])
    }

    @Test(arguments: ["\"a,b,c\n", "1,2,\"", "1,2,3\n\"x\"\"\n", "1,2,\"3\"\"", "\""])
    func unclosedQuotesLeaveARest(_ text: String) throws {
        for readSize in 1...9 {
            #expect(try rows(Array(text.utf8), readSize: readSize, capacity: 2).isWhole == false)
        }
    }

    @Test func rowsLongerThanAMebibyteStop() throws {
        let long = [UInt8](repeating: 65, count: 2 << 20)
        let found = try rows(Array("1,2,3\n".utf8) + long, readSize: 1 << 16, capacity: 10)
        #expect(found.rows.count == 1 && !found.isWhole)
    }

    /// The splitter against a plain state machine, on random mixtures of the special bytes.
    @Test func randomMixturesAgainstAReference() throws {
        var random = SeededGenerator(3)
        let alphabet: [UInt8] = Array("ab,,\"\"\n\r\n".utf8)
        for round in 0..<300 {
            let bytes = (0..<Int.random(in: 1...60, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            let whole = try rows(bytes, readSize: 1000, capacity: 100)
            for (readSize, capacity) in [(1, 1), (3, 2), (8, 100), (13, 3)] {
                let parts = try rows(bytes, readSize: readSize, capacity: capacity)
                #expect(
                    parts.rows == whole.rows && parts.isWhole == whole.isWhole,
                    "seed 3, round \(round): \(bytes)")
            }
            var reference = Reference(bytes)
            let expected = reference.rows()
            if let expected {
                #expect(whole.isWhole, "\(bytes)")
                let clean = whole.rows.filter { $0.state == 0 }.map(\.fields)
                #expect(
                    clean == expected.filter { $0.count == 3 },
                    "round \(round): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
            }
        }
    }

    /// RFC 4180 read byte by byte; `nil` when a quote stands in a wrong place.
    private struct Reference {
        private let bytes: [UInt8]
        private var at = 0

        init(_ bytes: [UInt8]) {
            self.bytes = bytes.last == 10 ? bytes : bytes + [10]
        }

        mutating func rows() -> [[String]]? {
            var rows: [[String]] = []
            while at < bytes.count {
                var row: [String] = []
                repeat {
                    guard let field = field() else { return nil }
                    row.append(field)
                } while skip(44)
                guard skip(10) || (skip(13) && skip(10)) else { return nil }
                if row != [""] { rows.append(row) }
            }
            return rows
        }

        private mutating func skip(_ byte: UInt8) -> Bool {
            guard at < bytes.count, bytes[at] == byte else { return false }
            at += 1
            return true
        }

        private mutating func field() -> String? {
            var content: [UInt8] = []
            if skip(34) {
                while at < bytes.count {
                    if skip(34) {
                        guard skip(34) else { return String(decoding: content, as: UTF8.self) }
                        content.append(34)
                    } else {
                        content.append(bytes[at])
                        at += 1
                    }
                }
                return nil
            }
            while at < bytes.count, bytes[at] != 44, bytes[at] != 10 {
                if bytes[at] == 34 { return nil }
                if bytes[at] == 13, at + 1 < bytes.count, bytes[at + 1] == 10 { break }
                content.append(bytes[at])
                at += 1
            }
            return String(decoding: content, as: UTF8.self)
        }
    }
}
