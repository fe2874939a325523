import Evaluation
import Foundation

@testable import Intake

/// An inbox in a temporary folder, filled by a test.
final class TestInbox {
    let folder: String
    private var created = 0

    init() throws {
        folder = NSTemporaryDirectory() + "intake-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Writes a delivery; `period` is `2021-01/2021-12` or a day. Later deliveries are newer.
    @discardableResult
    func deliver(
        _ name: String, _ feed: String, _ period: String, files: [(path: String, bytes: [UInt8])],
        rows: Int? = nil,
        totals: [String: String] = [:]
    ) throws -> TestInbox {
        created += 1
        let own = folder + "/" + name
        try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
        var resources: [String] = []
        for (path, bytes) in files {
            try Data(bytes).write(to: URL(fileURLWithPath: own + "/" + path))
            let digest = try FileDigest.measure(own + "/" + path)
            let pairs = totals.map { "\"\($0.key)\": \"\($0.value)\"" }.joined(separator: ",")
            resources.append(
                """
                {"path": "\(path)", "encoding": "utf-8", "bytes": \(digest.bytes), "hash": "sha256:\(digest.sha256)",
                 "mujun": {\(rows.map { "\"rows\": \($0), " } ?? "")"totals": {\(pairs)}}}
                """)
        }
        let parts = period.split(separator: "/")
        let when =
            parts.count == 2
            ? "\"period\": {\"from\": \"\(parts[0])\", \"to\": \"\(parts[1])\"}"
            : "\"state_of\": \"\(period)\""
        try manifest(
            name,
            """
            {"name": "\(name)", "created": "2022-02-10T08:00:\(created < 10 ? "0" : "")\(created)+08:00",
             "mujun": {"feed": "\(feed)", \(when)}, "resources": [\(resources.joined(separator: ","))]}
            """)
        return self
    }

    @discardableResult
    func deliver(
        _ name: String, _ feed: String, _ period: String, _ text: String, rows: Int? = nil,
        totals: [String: String] = [:]
    ) throws -> TestInbox {
        try deliver(
            name, feed, period, files: [(name + ".csv", Array(text.utf8))], rows: rows, totals: totals)
    }

    func manifest(_ name: String, _ json: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder + "/" + name, withIntermediateDirectories: true)
        try json.write(toFile: folder + "/" + name + "/datapackage.json", atomically: false, encoding: .utf8)
    }

    /// A registry of these firms, all alike.
    @discardableResult
    func registry(_ codes: [String]) throws -> TestInbox {
        try deliver("registry", "registry", "2022-03-31", Texts.registry(codes))
    }

    func survey(_ feeds: Set<String>, threads: Int = 2) throws -> Survey {
        // Feeds that a test does not speak of are not required by it.
        try Inbox.survey(
            folder: folder, contracts: ShippedContracts.load(), feeds: feeds, dataYear: 2021,
            asOf: Texts.asOf, threads: threads)
    }

    func read(
        _ columns: [FeedColumn], threads: Int = 2, linking: LinkRules = LinkRules()
    ) throws -> Reading {
        let contracts = try ShippedContracts.load()
        return try Feeds.read(
            survey(Set(columns.map { contracts[$0.feed].name }), threads: threads), contracts: contracts,
            columns: columns, dataYear: 2021, asOf: Texts.asOf, threads: threads, linking: linking,
            progress: nil)
    }
}

/// Valid codes, headers and rows that tests share.
enum Texts {
    static let asOf = Day(number: 19_143)  // 2022-05-31

    /// Codes whose two check characters are right, in ascending order.
    static let codes: [String] = (0..<60).map(code)

    /// The code of the same organisation, registered in another district.
    static func moved(_ code: String) -> String {
        var moved = Array("91330702".utf8) + Array(code.utf8)[8..<17]
        moved.append(CreditCode.checkCharacter(moved) ?? 0)
        return String(decoding: moved, as: UTF8.self)
    }

    static func code(_ number: Int) -> String {
        let digits = String(number)
        var organisation = Array(("MA" + String(repeating: "0", count: 6 - digits.count) + digits).utf8)
        organisation.append(CreditCode.organisationCheckCharacter(organisation) ?? 0)
        var code = Array("91330784".utf8) + organisation
        code.append(CreditCode.checkCharacter(code) ?? 0)
        return String(decoding: code, as: UTF8.self)
    }

    static let registryHeader = "统一社会信用代码,企业名称,企业类型,登记状态,成立日期,住所,镇街,行业代码,规模,承继企业代码,所属集团"
    static let powerHeader = "户号,户名,统一社会信用代码,用电月份,用电量"
    static let landHeader = "不动产权证号,统一社会信用代码,用地面积,坐落,用途,供地日期,容积率,合同开工日期,工业红线内,低效类型"
    static let titleHeader = "统一社会信用代码,称号,级别,授予日期,有效期至"
    static let emissionHeader = "统一社会信用代码,年度,化学需氧量,氨氮,二氧化硫,氮氧化物,核定排污权"
    static let decisionHeader = "统一社会信用代码,认定事项,档次,分值,理由,依据文件,认定日期,失效日期"
    static let leaseHeader = "出租方代码,承租方代码,不动产权证号,租赁面积,起租日期,到期日期,类型"
    static let linkHeader = "数据,报送代码,报送名称,户号,不动产权证号,统一社会信用代码,确认单位,确认日期,依据文件"
    static let shareHeader = "户号,统一社会信用代码,分摊比例,分表电量,起始月份,截止月份,依据文件"
    static let previousHeader = "统一社会信用代码,年度,评价组,档次,总分,排名,亩均税收,亩均增加值"

    static func registry(_ codes: [String]) -> String {
        registryHeader + "\n"
            + codes.map { "\($0),企业\($0.suffix(4)),有限责任公司,在业,2010-01-02,某路1号,古山镇,3382,规下,,\n" }.joined()
    }

    static func power(_ rows: [(code: String, month: String, kwh: String)]) -> String {
        powerHeader + "\n" + rows.map { "M\($0.code),户名,\($0.code),\($0.month),\($0.kwh)\n" }.joined()
    }
}

/// `power.kwh` and the like, by name.
func ask(
    _ feed: String, _ aggregate: (FeedContract) -> FeedColumn.Aggregate, relation: String? = nil,
    filter: ((FeedContract) -> RowFilter)? = nil
) throws -> FeedColumn {
    let contracts = try ShippedContracts.load()
    let index = contracts.firstIndex { $0.name == feed } ?? 0
    let contract = contracts[index]
    let own = relation.flatMap { name in contract.relations.firstIndex { $0.name == name } } ?? 0
    return FeedColumn(feed: index, relation: own, aggregate: aggregate(contract), filter: filter?(contract))
}

extension FeedContract {
    func index(_ name: String) -> Int { fields.firstIndex { $0.name == name } ?? -1 }
}

/// Gzip with stored blocks, so that tests need no compressor.
enum Gzip {
    static func member(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
        var rest = bytes[...]
        repeat {
            let part = rest.prefix(60_000)
            rest = rest.dropFirst(part.count)
            let size = UInt16(part.count)
            out.append(rest.isEmpty ? 1 : 0)
            out += [UInt8(size & 255), UInt8(size >> 8), UInt8(~size & 255), UInt8(~size >> 8)]
            out += part
        } while !rest.isEmpty
        for word in [crc(bytes), UInt32(bytes.count)] {
            for shift in [0, 8, 16, 24] { out.append(UInt8((word >> UInt32(shift)) & 255)) }
        }
        return out
    }

    static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xffff_ffff
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xedb8_8320 : crc >> 1 }
        }
        return ~crc
    }
}

/// A generator whose only input is its seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

extension FileRecord {
    /// Rows, accepted, refused, collapsed, unused.
    var fates: [Int] { [rows, accepted, refused, collapsed, unused] }
}
