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
    case csv, gzip, zip, xlsx, sheet, manifest

    static let current: Target = {
        let name = getenv("MUJUN_FUZZ").map { String(cString: $0) } ?? ""
        guard let target = Target(rawValue: name) else { fatalError("MUJUN_FUZZ: no target `\(name)`") }
        return target
    }()

    func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        switch self {
        // The first byte is the contract, the second how much is read at a time.
        case .csv:
            Feed.read(
                bytes.dropFirst(2), .csv, contract: bytes.first ?? 0, step: bytes.dropFirst().first ?? 0)
        case .gzip: Feed.read(bytes[...], .gzip, contract: 5, step: 0)
        case .zip: Feed.read(bytes[...], .zip, contract: 5, step: 0)
        case .xlsx: Feed.read(bytes[...], .xlsx, contract: 5, step: 0)
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
    private static let codes = ["91330784MA00000008", "91330784MA0000017K", "91330784MA000002X9"]
    private static let table = FirmTable(sorted: codes.compactMap { FirmKey(Array($0.utf8)) })
    private static let plans = contracts.enumerated().map { feed, contract in
        FeedPlan(
            feed: feed, contract: contract,
            columns: contract.fields.indices.map { field in
                let isDecimal = if case .decimal = contract.fields[field].kind { true } else { false }
                return FeedColumn(
                    feed: feed, relation: 0,
                    aggregate: isDecimal ? .sum(field: field) : .latest(field: field), filter: nil)
            }, dataYear: 2021, asOf: Day(number: 19_143))
    }

    /// A file without a name, which is written anew for each input.
    private static let descriptor: CInt = {
        let path = "/dev/shm/mujun-fuzz-\(getpid())"
        let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        unlink(path)
        guard descriptor >= 0 else { fatalError("\(path) cannot be made") }
        return descriptor
    }()

    static func read(
        _ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ container: Container, contract: UInt8, step: UInt8
    ) {
        guard ftruncate(descriptor, 0) == 0,
            pwrite(
                descriptor, UnsafeRawPointer(UnsafeBufferPointer(rebasing: bytes).baseAddress), bytes.count, 0
            )
                == bytes.count
        else { fatalError("the file cannot be written") }
        let plan = plans[Int(contract) % plans.count]
        let file = SurveyedFile(
            feed: plan.feed, delivery: "d", path: "f", fullPath: "/proc/self/fd/\(descriptor)", sha256: "",
            bytes: bytes.count, container: container, period: (2020 * 12)...(2021 * 12 + 11),
            counting: plan.contract.addsUp == .flow ? plan.periodIsMonth ? .months(0x7ff) : .dataYear : .all,
            declaredRows: 1, declaredTotals: ["用电量": "5"])
        let readSize = step == 0 ? 4096 : Int(step)
        let rows = 1 + Int(step % 7) * 9
        if plan.isRegistry {
            let totals = RegistryTotals(plan, expected: 0)
            _ = FileReader.read(
                file, index: 0, into: .registry(totals), readSize: readSize, rowsPerBatch: rows)
        } else {
            let totals = FeedTotals(plan, firms: table.count)
            let outcome = FileReader.read(
                file, index: 0, into: .feed(totals, table), readSize: readSize, rowsPerBatch: rows)
            precondition(outcome.rows >= outcome.accepted + outcome.refused + outcome.unused)
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
