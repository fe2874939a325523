import Foundation
import Testing

@testable import Intake

/// The contents that readers of CSV get wrong: each file of the folder `CSV` with the rows that must come out of it, in
/// chunks of all sizes; and the same rows from Python's reader, where the case says that it agrees.
@Suite struct CSVContentTests {
    struct Expected: Decodable {
        struct Row: Decodable, Equatable {
            let line: Int
            let fields: [String]
            /// `width` or `quote` for a row that is marked.
            let wrong: String?
        }
        let why: String
        /// Whether Python's `csv` reads the same fields, be the row marked or not.
        let python: Bool
        /// Whether nothing is left behind the last row.
        let whole: Bool
        let rows: [Row]
    }

    private static let folder = Repository.root + "/Tests/IntakeTests/CSV"
    private static let cases: [String] =
        (try? FileManager.default.contentsOfDirectory(atPath: folder))?.filter { $0.hasSuffix(".csv") }
        .sorted() ?? []

    private func expected(_ name: String) throws -> Expected {
        let path = Self.folder + "/" + name.dropLast(4) + ".json"
        return try JSONDecoder().decode(Expected.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    @Test func thereAreCases() { #expect(Self.cases.count > 30) }

    @Test(arguments: cases) func everyRowComesOut(_ name: String) throws {
        let expected = try expected(name)
        for readSize in Array(1...24) + [256 << 10] {
            for capacity in [1, 2, 100] {
                let found = try rows(Self.folder + "/" + name, readSize: readSize, capacity: capacity)
                #expect(found.rows == expected.rows, "\(expected.why), in pieces of \(readSize)")
                #expect(found.isWhole == expected.whole)
            }
        }
    }

    @Test func pythonAgreesWhereTheCaseSaysSo() throws {
        let script = """
            import csv, json, sys
            rows = {}
            for path in sys.argv[1:]:
                with open(path, encoding="utf-8-sig", newline="") as file:
                    rows[path.rsplit("/", 1)[1]] = [row for row in csv.reader(file) if row]
            print(json.dumps(rows))
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", script] + Self.cases.map { Self.folder + "/" + $0 }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let answer = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let rows = try JSONDecoder().decode([String: [[String]]].self, from: answer)
        for name in Self.cases {
            let expected = try expected(name)
            #expect(
                (rows[name] == expected.rows.map(\.fields)) == expected.python, "\(name): \(expected.why)")
        }
    }

    private func rows(_ path: String, readSize: Int, capacity: Int) throws -> (
        rows: [Expected.Row], isWhole: Bool
    ) {
        let chunk = try Chunk(ByteSource(path: path, container: .csv), readSize: readSize)
        try chunk.begin()
        let batch = RowBatch(width: 3, capacity: capacity)
        var found: [Expected.Row] = []
        while true {
            let end = chunk.split(into: batch)
            for row in 0..<batch.count {
                let state = batch.states[row]
                found.append(
                    Expected.Row(
                        line: batch.lines[row],
                        fields: (0..<3).map {
                            String(decoding: batch.span(row, $0).content(in: chunk.bytes), as: UTF8.self)
                        },
                        wrong: state.contains(.strayQuote)
                            ? "quote" : state.contains(.wrongWidth) ? "width" : nil))
            }
            if end == .full { continue }
            if chunk.isLast { return (found, chunk.position >= chunk.end) }
            guard try chunk.refill() else { return (found, false) }
        }
    }
}
