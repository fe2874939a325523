import Evaluation
import Foundation
import Testing

@testable import Intake

/// Deliveries that somebody damaged: whatever arrives, the answer is a reading or an error, never a trap, and the
/// same whatever the boundaries of chunks.
struct MutationTests {
    private let text =
        Texts.powerHeader + ",联系人\r\nM1,\"甲,\"\"乙\"\"\n厂\",\(Texts.codes[0]),2021-01,5,张三\n"
        + "M2,乙,\"\(Texts.codes[1])\",2021-02,-7,\nM3,丙,,2021-03,0,李四\n"

    private func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        let signs: [UInt8] = [0, 9, 10, 13, 34, 44, 45, 46, 48, 57, 58, 91, 93, 123, 125, 0x80, 0xe4, 0xff]
        for _ in 0...Int(random.next() % 4) {
            let at = Int(random.next() % UInt64(max(bytes.count, 1)))
            let sign = signs[Int(random.next() % UInt64(signs.count))]
            guard at < bytes.count else { break }
            switch random.next() % 7 {
            case 0: bytes[at] = sign
            case 1: bytes[at] ^= 1 << UInt8(random.next() % 8)
            case 2: bytes.insert(sign, at: at)
            case 3: bytes.remove(at: at)
            case 4: bytes.removeSubrange(at...)
            case 5:
                bytes.insert(contentsOf: bytes[at..<min(at + Int(random.next() % 80), bytes.count)], at: at)
            default: bytes.insert(contentsOf: repeatElement(sign, count: Int(random.next() % 40)), at: at)
            }
        }
        return bytes
    }

    /// Reads one file in chunks of two sizes; both must say the same.
    private func read(_ bytes: [UInt8], _ container: Container, _ path: String) throws -> FileOutcome {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let contracts = try ShippedContracts.load()
        let feed = contracts.firstIndex { $0.name == "power" } ?? 0
        let columns = [
            FeedColumn(
                feed: feed, relation: 0, aggregate: .sum(field: contracts[feed].index("kwh")), filter: nil)
        ]
        let plan = FeedPlan(
            feed: feed, contract: contracts[feed], columns: columns, dataYear: 2021, asOf: Texts.asOf)
        let file = SurveyedFile(
            feed: feed, delivery: "p", path: "p", fullPath: path, sha256: "", bytes: bytes.count,
            container: container, encoding: .utf8, period: (2021 * 12)...(2021 * 12 + 11),
            counting: .months(0x7ff),
            declaredRows: 3,
            declaredTotals: ["用电量": "-2"])
        let table = FirmTable(
            sorted: Texts.codes.map { code in
                Array(code.utf8).withUnsafeBufferPointer { FirmKey($0.baseAddress!) }
            })
        func outcome(readSize: Int, rows: Int) -> (FileOutcome, [[Int64]]) {
            let totals = FeedTotals(plan, firms: table.count)
            let outcome = FileReader.read(
                file, index: 0, into: .feed(totals, LinkBook(table)), readSize: readSize, rowsPerBatch: rows)
            return (outcome, totals.finish().cells)
        }
        let (whole, cells) = outcome(readSize: 256 << 10, rows: 2048)
        let (pieces, same) = outcome(readSize: 1 + bytes.count % 13, rows: 2)
        #expect(whole.rows == whole.accepted + whole.refused + whole.unused)
        // Damage of gzip data may be noticed before or after the rows in front of it were handed out.
        if container == .csv {
            #expect(whole.log.samples == pieces.log.samples && whole.refusals == pieces.refusals)
            #expect(cells == same)
        }
        return whole
    }

    @Test func rowsOfCSV() throws {
        let inbox = try TestInbox()
        var random = SeededGenerator(31)
        var refused = 0
        for _ in 0..<3_000 {
            let outcome = try read(mutated(Array(text.utf8), &random), .csv, inbox.folder + "/p")
            if !outcome.refusals.isEmpty { refused += 1 }
        }
        #expect((500..<3_000).contains(refused))
    }

    @Test func bytesOfGzip() throws {
        let inbox = try TestInbox()
        var random = SeededGenerator(32)
        let packed = Gzip.member(Array(text.utf8.prefix(120))) + Gzip.member(Array(text.utf8.dropFirst(120)))
        #expect(try read(packed, .gzip, inbox.folder + "/p").refusals == [])
        for _ in 0..<3_000 {
            let bytes = mutated(packed, &random)
            let outcome = try read(bytes, .gzip, inbox.folder + "/p")
            // Only what zlib does not check may change: time, extra flags and system of a member's header.
            let header = outcome.refusals.isEmpty ? bytes.count == packed.count : true
            #expect(header, "\(bytes)")
        }
    }

    @Test func bytesOfZip() throws {
        let inbox = try TestInbox()
        var random = SeededGenerator(35)
        let packed = Zip.file([("p.csv", Array(text.utf8)), ("readme.txt", [1, 2, 3])])
        #expect(try read(packed, .zip, inbox.folder + "/p").refusals == [])
        var refused = 0
        for _ in 0..<3_000 {
            if try !read(mutated(packed, &random), .zip, inbox.folder + "/p").refusals.isEmpty {
                refused += 1
            }
        }
        // What may change: times, names and attributes, and what nobody reads.
        #expect((1_000..<3_000).contains(refused))
    }

    /// The XML of a sheet in a zip file that is whole, and a workbook whose bytes are damaged anywhere.
    @Test func sheets() throws {
        let inbox = try TestInbox()
        var random = SeededGenerator(36)
        let header = (Texts.powerHeader + ",联系人").split(separator: ",").map {
            "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>"
        }
        let rows = [(0, "2021-01", "5"), (1, "2021-02", "-7"), (0, "2021-03", "0")].map { firm, month, kwh in
            "<row><c r=\"A9\" t=\"str\"><v>M\(month)</v></c><c r=\"C9\" t=\"s\"><v>\(firm)</v></c>"
                + "<c t=\"str\"><f>x</f><v>\(month)</v></c><c><v>\(kwh)</v></c><c s=\"1\"/></row>"
        }
        let book = Book(
            "<row r=\"1\">\(header.joined())</row>" + rows.joined(),
            texts: "<si><t>\(Texts.codes[0])</t></si><si><r><t>\(Texts.codes[1])</t></r></si>",
            styles: "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>")
        let good = try read(book.bytes, .xlsx, inbox.folder + "/p")
        #expect(good.refusals == [] && good.rows == 3)
        var refused = 0
        for round in 0..<4_000 {
            var damaged = book
            let part = mutated(Array(book.sheets[0].rows.utf8), &random)
            damaged.sheets[0].rows = String(decoding: part, as: UTF8.self)
            let bytes = round % 4 == 0 ? mutated(book.bytes, &random) : damaged.bytes
            if try !read(bytes, .xlsx, inbox.folder + "/p").refusals.isEmpty { refused += 1 }
        }
        #expect((1_000..<4_000).contains(refused))
    }

    @Test func manifests() throws {
        let inbox = try TestInbox().registry(Texts.codes).deliver(
            "p", "power", "2021-01/2021-12", files: [("p.csv", Array(text.utf8))], rows: 3,
            totals: ["用电量": "-2"])
        let path = inbox.folder + "/p/datapackage.json"
        let good = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(try inbox.survey(["power"]).files.count == 2)
        var random = SeededGenerator(33)
        var refused = 0
        for round in 0..<2_000 {
            // The files themselves are checked by other tests; here they need not exist.
            let bytes = mutated(good, &random)
            do throws(IntakeError) {
                _ = try Manifest(json: bytes, path: path, folder: inbox.folder + "/p")
            } catch {
                refused += 1
                #expect(error.kind == .refused && error.message.hasPrefix(path))
            }
            guard round % 20 == 0 else { continue }
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            _ = try? inbox.read([ask("power", { .sum(field: $0.index("kwh")) })])
        }
        #expect((500..<2_000).contains(refused))
    }

    @Test func methodFiles() throws {
        let good = Array(
            "# 方法\nname: 'x''y'\nfeeds: [tax, &a power]\nlong: >-\n  a\n  b\n亩均:\n  - {of: \"tax / \\u4ea9\", unit: !!str 元}\n"
                .utf8)
        var random = SeededGenerator(34)
        for _ in 0..<3_000 {
            let bytes = mutated(good, &random)
            do throws(IntakeError) {
                _ = try MethodFile.parse(String(decoding: bytes, as: UTF8.self))
            } catch {
                #expect(error.kind == .refused && error.message.contains(":"))
            }
        }
    }
}
