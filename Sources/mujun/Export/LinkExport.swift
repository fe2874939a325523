import Evaluation
import Intake
import Results

/// `mujun export links`, `link_rates` and `link_form`: how rows found their firms, and what a person may confirm.
struct LinkExport {
    let store: Store
    let run: RunSummary
    let kind: LinkExports.Kind
    /// `nil` for all.
    let town: String?
    let format: ExportFormat
    let output: String?
    let encoding: CSVEncoding

    func write() throws {
        let links = try store.links(run)
        let firms = try store.linkFirms(run)
        if let town, !firms.contains(where: { $0.town == town }) {
            let known = Set(firms.map(\.town)).subtracting([""]).sorted()
            throw Failure.usage(
                "no firm of run \(run.id) is in `\(town)`; its towns are \(known.joined(separator: ", ")).")
        }
        let candidates =
            kind == .rates ? links.entries.map { _ in [] } : LinkCandidates.find(links.entries, among: firms)
        let exports = try LinkExports(
            run, links, contracts: ShippedContracts.load(), firms: firms, candidates: candidates, town: town)
        _ = try OutputFile.write(output, encoding) { try exports.write(kind, as: format, to: $0) }
        if links.left > 0, kind != .rates {
            Talk.warning(
                "\(grouped(links.left)) more entries were not kept; the counts of link_rates are complete.")
        }
    }
}
