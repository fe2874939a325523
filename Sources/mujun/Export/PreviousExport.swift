import Evaluation
import Foundation
import Intake
import Results

/// `mujun export previous`: the results of a run as a delivery of the feed 上年结果, which the method of the next year asks
/// for. The way of every other input: archived, with its digest in the next run.
struct PreviousExport {
    let store: Store
    let run: RunSummary
    /// Folder of the delivery; `nil` for the rows alone on stdout.
    let output: String?

    private static let feed = "previous"
    /// Fields that every run has; of others the nodes of that name and unit.
    private static let ofResult = ["code", "year", "cohort", "tier", "total", "rank"]

    func write() throws {
        guard let contract = try ShippedContracts.load().first(where: { $0.name == Self.feed }) else {
            throw Failure(message: "this program has no contract of the feed \(Self.feed).", exitCode: 70)
        }
        if !run.isCurrent {
            Talk.warning("run \(run.id) is not what is published of \(run.dataYear) (\(run.stageLabel)).")
        }
        guard let output else {
            _ = try writeRows(contract, StandardOutput.write)
            return
        }
        let manifest = "\(output)/\(Self.manifest)"
        guard !FileManager.default.fileExists(atPath: manifest) else {
            throw Failure.cannotWrite(
                "\(output) is a delivery already. Name a new folder, or remove it first.")
        }
        try OutputFile.makeFolder(output)
        let file = "previous-\(run.dataYear).csv"
        let path = "\(output)/\(file)"
        let rows = try OutputFile.write(path) { try writeRows(contract, $0) }
        // Last: without its manifest a folder is no delivery.
        let text = try self.manifest(contract, file: file, path: path, rows: rows)
        try OutputFile.write(manifest) { try $0(ArraySlice(text.utf8)) }
        Talk.phase(
            "\(output): \(grouped(rows)) firms of \(run.dataYear) as a delivery of the feed \(contract.title)"
        )
    }

    private static let manifest = "datapackage.json"

    private func writeRows(_ contract: FeedContract, _ sink: ByteSink) throws -> Int {
        let fields = contract.fields
        let others = fields.filter { !Self.ofResult.contains($0.name) }
        let known = try store.numbers(run, named: others.map(\.name))
        let taken = others.filter { field in
            guard let number = known[field.name], let unit = field.unit else { return false }
            return unit.symbol == number.unit
        }.map(\.name)
        for field in others where !taken.contains(field.name) {
            Talk.warning(
                "the method of run \(run.id) has no value \(field.name) in the unit of \(field.header): left blank."
            )
        }
        var text = fields.map(\.header).joined(separator: ",") + "\r\n"
        var rows = 0
        try store.forEachGraded(run, values: taken) { firm in
            let cells = fields.map { field in
                switch field.name {
                case "code": return firm.code
                case "year": return "\(run.dataYear)"
                case "cohort": return quoted(firm.cohort)
                case "tier": return quoted(firm.tier)
                case "rank": return firm.rank.map(String.init) ?? ""
                case "total": return number(firm.total, run.totalDecimals, field)
                default:
                    guard let index = taken.firstIndex(of: field.name),
                        let decimals = known[field.name]?.decimals
                    else { return "" }
                    return number(firm.values[index], decimals, field)
                }
            }
            text += cells.joined(separator: ",") + "\r\n"
            rows += 1
            if text.utf8.count > 1 << 16 {
                try sink(ArraySlice(text.utf8))
                text = ""
            }
        }
        try sink(ArraySlice(text.utf8))
        return rows
    }

    /// With no more decimals than the contract takes, half away from zero.
    private func number(_ value: Int64?, _ decimals: Int, _ field: FeedField) -> String {
        guard let value, case .decimal(let places) = field.kind else { return "" }
        guard decimals > places else { return DecimalText.format(value, decimals: decimals) }
        let divisor = DecimalText.powersOfTen[min(decimals - places, 18)]
        let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
        // Below 10^18 twice the rest does not overflow.
        let isUp = rest.magnitude >= divisor.magnitude - rest.magnitude
        return DecimalText.format(quotient + (isUp ? value.signum() : 0), decimals: places)
    }

    private func quoted(_ text: String) -> String {
        text.contains { ",\"\r\n".contains($0) } ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }

    private func manifest(_ contract: FeedContract, file: String, path: String, rows: Int) throws -> String {
        struct Manifest: Encodable {
            struct Period: Encodable {
                let from: String
                let to: String
            }

            struct About: Encodable {
                let feed: String
                let department: String
                let period: Period
            }

            struct Rows: Encodable { let rows: Int }

            struct Resource: Encodable {
                let name: String
                let path: String
                let format = "csv"
                let mediatype = "text/csv"
                let encoding = "utf-8"
                let bytes: Int
                let hash: String
                let mujun: Rows
            }

            let name: String
            let created: String
            let mujun: About
            let resources: [Resource]
        }
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        let name = "previous-\(run.dataYear)"
        let value = Manifest(
            name: "\(name)-run-\(run.id)", created: run.recordedAt,
            mujun: .init(
                feed: contract.name, department: contract.department,
                period: .init(from: "\(run.dataYear)-01", to: "\(run.dataYear)-12")),
            resources: [
                .init(
                    name: name, path: file, bytes: size ?? 0,
                    hash: "sha256:" + (try ProgramIdentity.digest(ofFile: path)), mujun: .init(rows: rows))
            ])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
}
