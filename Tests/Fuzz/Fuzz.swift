import Evaluation
import Glibc

@testable import Intake

/// libFuzzer's own loop. The package manager calls the program's `main` by another name, so it is entered here.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<Arguments>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

private typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?

// MUJUN_FUZZ names what reads the inputs; see Scripts/fuzz.
@_cdecl("Fuzz_main")
public func fuzz(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> CInt {
    var (count, arguments) = (count, arguments)
    return runFuzzer(&count, &arguments) { start, count in
        Target.current.read(UnsafeBufferPointer(start: start, count: count))
        return 0
    }
}

/// A door through which bytes come in.
enum Target: String {
    case csv, link, gzip, zip, xlsx, sheet, manifest

    static let current: Target = {
        let name = getenv("MUJUN_FUZZ").map { String(cString: $0) } ?? ""
        guard let target = Target(rawValue: name) else { fatalError("MUJUN_FUZZ: no target `\(name)`") }
        return target
    }()

    func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        switch self {
        // The first byte is the contract and, by its highest bit, the encoding; the second how much is read at a time.
        case .csv:
            Feed.read(
                bytes.dropFirst(2), .csv, feed: Int((bytes.first ?? 0) & 0x7f),
                (bytes.first ?? 0) < 0x80 ? .utf8 : .gb18030, step: bytes.dropFirst().first ?? 0)
        case .link: Feed.readAll(bytes.dropFirst(), feed: Int(bytes.first ?? 0))
        case .gzip: Feed.read(bytes[...], .gzip)
        case .zip: Feed.read(bytes[...], .zip)
        case .xlsx: Feed.read(bytes[...], .xlsx)
        case .sheet: sheet(bytes)
        case .manifest:
            _ = JSONReader.endsEarly(Array(bytes))
            _ = try? Manifest(json: Array(bytes), path: "datapackage.json", folder: "delivery")
        }
    }

    /// The XML of a sheet, of which the first byte says how much of its lines is taken at a time.
    private func sheet(_ bytes: UnsafeBufferPointer<UInt8>) {
        let texts = SharedTexts()
        for text in ["甲厂", "a,\"b\"\n_x000D_c", "", String(repeating: "长", count: 300)] {
            texts.start(XMLName.literal("t"), XMLAttributes(pairs: nil))
            Array(text.utf8).withUnsafeBufferPointer { texts.text($0) }
            texts.end(XMLName.literal("t"))
            texts.end(XMLName.literal("si"))
        }
        let rows = SheetRows(
            texts, [.number, .day, .moment, .month, .year], countsFrom1904: (bytes.first ?? 0) & 1 == 1)
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: 1 + Int(bytes.first ?? 0), alignment: 1)
        defer { buffer.deallocate() }
        do throws(Damage) {
            let stream = MemoryStream(bytes.dropFirst())
            let reader = try XMLReader(stream, Expansion(packed: bytes.count), rows)
            while true {
                while rows.waiting == 0, !reader.isAtEnd, rows.damage == nil { try reader.advance() }
                if rows.waiting == 0 { break }
                _ = rows.take(into: buffer)
            }
        } catch {}
    }
}

/// A file that is read as a feed.
private enum Feed {
    private static let contracts = (try? ShippedContracts.load()) ?? []
    private static let codes = ["91330784MA0000007N", "91330784MA0000015H", "91330784MA0000023C"]
    private static let table = FirmTable(sorted: codes.compactMap { FirmKey(Array($0.utf8)) })
    /// Every field of every feed.
    private static let columns = contracts.enumerated().flatMap { feed, contract in
        contract.fields.indices.map { field in
            let isDecimal = if case .decimal = contract.fields[field].kind { true } else { false }
            return FeedColumn(
                feed: feed, relation: 0, aggregate: isDecimal ? .sum(field: field) : .latest(field: field),
                filter: nil)
        }
    }
    private static let plans = contracts.enumerated().map { feed, contract in
        FeedPlan(
            feed: feed, contract: contract, columns: columns.filter { $0.feed == feed }, dataYear: 2021,
            asOf: Day(number: 19_143))
    }

    /// A file without a name.
    private static func makeFile(_ number: Int) -> CInt {
        let path = "/dev/shm/mujun-fuzz-\(getpid())-\(number)"
        let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        unlink(path)
        guard descriptor >= 0 else { fatalError("\(path) cannot be made") }
        return descriptor
    }

    /// Written anew for each input.
    private static let descriptor = makeFile(0)

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt) {
        guard ftruncate(descriptor, 0) == 0,
            pwrite(descriptor, bytes.baseAddress, bytes.count, 0) == bytes.count
        else { fatalError("the file cannot be written") }
    }

    private static func survey(
        _ plan: FeedPlan, _ descriptor: CInt, _ count: Int, _ container: Container,
        _ encoding: TextEncoding
    ) -> SurveyedFile {
        SurveyedFile(
            feed: plan.feed, delivery: "d", path: "f", fullPath: "/proc/self/fd/\(descriptor)", sha256: "",
            bytes: count, container: container, encoding: encoding, period: (2020 * 12)...(2021 * 12 + 11),
            counting: plan.contract.addsUp == .flow ? plan.periodIsMonth ? .months(0x7ff) : .dataYear : .all,
            declaredRows: 1, declaredTotals: ["用电量": "5"])
    }

    private static let power = contracts.firstIndex { $0.name == "power" } ?? 0

    /// Reads one file as it is read for a feed, in pieces of any size.
    static func read(
        _ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ container: Container, feed: Int = power,
        _ encoding: TextEncoding = .utf8, step: UInt8 = 0
    ) {
        write(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes)), to: descriptor)
        let plan = plans[feed % plans.count]
        let file = survey(plan, descriptor, bytes.count, container, encoding)
        let readSize = step == 0 ? 4096 : Int(step)
        let rows = 1 + Int(step % 7) * 9
        if plan.isRegistry {
            let totals = RegistryTotals(plan, expected: 0)
            _ = FileReader.read(
                file, index: 0, into: .registry(totals), readSize: readSize, rowsPerBatch: rows)
        } else {
            let totals = FeedTotals(plan, firms: table.count)
            let outcome = FileReader.read(
                file, index: 0, into: .feed(totals, LinkBook(table)), readSize: readSize, rowsPerBatch: rows)
            precondition(outcome.rows >= outcome.accepted + outcome.refused + outcome.unused)
        }
    }

    // MARK: All feeds that say where rows belong

    /// Rows by names of fields; what is not named is blank.
    private static let given: [(feed: String, rows: [[String: String]])] = [
        (
            "registry",
            [
                ["code": codes[0], "name": "甲（永康）厂", "successor": codes[1], "town": "古山镇"],
                ["code": codes[1], "name": "乙厂", "town": "芝英镇"],
                ["code": codes[2], "name": "丙厂"],
            ].map { row in
                row.merging([
                    "state": "在业", "founded": "2001-01-01", "industry": "3351", "scale": "规下",
                ]) { own, _ in own }
            }
        ),
        (
            "link",
            [
                [
                    "feed": "用电", "meter": "M9", "code": codes[2], "by": "办", "date": "2022-01-01",
                    "document": "文",
                ]
            ]
        ),
        (
            "meter_share",
            [
                ["account": "M1", "code": codes[0], "percent": "40", "from": "2021-01", "document": "文"],
                ["account": "M1", "code": codes[1], "percent": "60", "from": "2021-01", "document": "文"],
                ["account": "M2", "code": codes[2], "from": "2021-01", "document": "文"],
            ]
        ),
    ]

    private static let givenFiles: [SurveyedFile] = given.enumerated().compactMap { number, own in
        guard let plan = plans.first(where: { $0.contract.name == own.feed }) else { return nil }
        let fields = plan.contract.fields
        let lines =
            [fields.map(\.header)] + own.rows.map { row in fields.map { row[$0.name] ?? "" } }
        let text = Array(lines.map { $0.joined(separator: ",") + "\n" }.joined().utf8)
        let descriptor = makeFile(number + 1)
        text.withUnsafeBytes { write($0, to: descriptor) }
        return survey(plan, descriptor, text.count, .csv, .utf8)
    }

    /// Reads one file beside a registry, confirmed links and shares of meters, or in place of one of them, to the end.
    static func readAll(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, feed: Int) {
        write(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes)), to: descriptor)
        let plan = plans[feed % plans.count]
        let own = survey(plan, descriptor, bytes.count, .csv, .utf8)
        let files = (givenFiles.filter { $0.feed != own.feed } + [own]).sorted { $0.feed < $1.feed }
        let reading = try? Feeds.read(
            Survey(files: files, findings: [], inputsDigest: ""), contracts: contracts, columns: columns,
            dataYear: 2021, asOf: Day(number: 19_143), threads: 1,
            linking: LinkRules(successors: .follow, sharedMeters: .equal), progress: nil)
        for file in reading?.files ?? [] where reading?.refusals.isEmpty == true {
            precondition(file.rows == file.accepted + file.refused + file.collapsed + file.unused)
        }
    }
}

/// Bytes that lie in memory.
private final class MemoryStream: ByteStream {
    private var bytes: Slice<UnsafeBufferPointer<UInt8>>

    init(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) { self.bytes = bytes }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(Damage) -> Int {
        let part = bytes.prefix(min(buffer.count, 777))
        buffer.copyBytes(from: part)
        bytes = bytes.dropFirst(part.count)
        return part.count
    }
}

extension XMLName {
    fileprivate static func literal(_ text: StaticString) -> XMLName {
        XMLName(UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self))
    }
}
