import Evaluation
import Foundation
import Intake
import Results

/// `mujun export confirmation`: what the feeds say of each firm, to be confirmed or objected to before it is scored.
struct ConfirmationExport {
    let store: Store
    let run: RunSummary
    let county: String
    /// `nil` for all.
    let town: String?
    let format: ExportFormat
    let output: String?

    func write() throws {
        guard format == .xlsx else {
            throw Failure.usage(
                "confirmation sheets are xlsx; programs read the view firm_values_\(run.dataYear).")
        }
        guard let output else {
            throw Failure.usage("name a folder with --output: confirmation makes a book for each town.")
        }
        let all = try store.confirmationTowns(run)
        let towns = all.filter { town == nil || $0.town == town }
        guard !towns.isEmpty else {
            throw Failure.usage(
                "no firm in scope of this run is in `\(town ?? "")`; it has: "
                    + "\(all.map(\.town).filter { !$0.isEmpty }.joined(separator: ", ")).")
        }
        let values = try values()
        try OutputFile.makeFolder(output)
        for (town, firms) in towns {
            let books = (firms + Store.sheetsPerBook - 1) / Store.sheetsPerBook
            for part in 0..<books {
                let name = (town.isEmpty ? "属地不详" : town).replacing("/", with: "_")
                let path = "\(output)/\(name)\(books > 1 ? "-\(part + 1)" : "").xlsx"
                try OutputFile.write(path) { sink in
                    try store.writeConfirmation(
                        run, county: county, town: town, part: part, values, to: sink)
                }
                Talk.phase(
                    "\(path): \(grouped(min(firms - part * Store.sheetsPerBook, Store.sheetsPerBook))) firms")
            }
        }
    }

    /// The columns of feeds that the run's method asks for, and its measures, in the order of evaluation.
    private func values() throws -> [ConfirmedValue] {
        guard let text = try store.methodText(run) else { return [] }
        let graph = try Method(stored: text).graph
        let files = try store.inputFiles(run)
        return graph.nodes.indices.compactMap { index in
            let node = graph.nodes[index]
            var formula = ""
            switch node.section {
            case .column: break
            case .measure: formula = graph.formula(of: node)
            case .indicator, .group, .points, .adjustment, .score, .standing: return nil
            }
            let feeds = feeds(of: index, graph)
            // What the office decides, and what firms say themselves, is not theirs to confirm.
            let own = [FeedContract.decisionName, FeedContract.confirmationName]
            guard !feeds.isEmpty, !feeds.contains(where: { own.contains(graph.contracts[$0].name) }) else {
                return nil
            }
            let contracts = feeds.map { graph.contracts[$0] }
            var departments: [String] = []
            for contract in contracts where !departments.contains(contract.department) {
                departments.append(contract.department)
            }
            var periods: [String] = []
            for period in contracts.compactMap({ period(of: $0, files) }) where !periods.contains(period) {
                periods.append(period)
            }
            return ConfirmedValue(
                name: node.name, departments: departments, feeds: contracts.map(\.title), periods: periods,
                formula: formula, columns: columns(of: index, graph).map { graph.nodes[$0].name })
        }
    }

    /// Indices of the feeds that a node rests on, in ascending order.
    private func feeds(of node: Int, _ graph: Graph) -> [Int] {
        Set(
            columns(of: node, graph).compactMap { node -> Int? in
                guard case .column(let column) = graph.nodes[node].rule else { return nil }
                return graph.feedColumns[column].feed
            }
        ).sorted()
    }

    /// The nodes that are columns of feeds, on which a node rests, itself among them; in ascending order.
    private func columns(of node: Int, _ graph: Graph) -> [Int] {
        var seen: Set<Int> = []
        var columns: [Int] = []
        var open = [node]
        while let next = open.popLast() {
            guard graph.nodes.indices.contains(next), seen.insert(next).inserted else { continue }
            switch graph.nodes[next].rule {
            case .column: columns.append(next)
            case .row(let expression): open += expression.mentionedNodes
            case .classification(let conditions, _, _): open += conditions.flatMap(\.mentionedNodes)
            case .perCohort, .scope, .state, .rank, .initialTier, .tier: break
            }
        }
        return columns.sorted()
    }

    /// From the first to the last month that the run read of a feed, or the latest day that a snapshot describes.
    private func period(of contract: FeedContract, _ files: [FileRecord]) -> String? {
        let own = files.filter { $0.feed == contract.name }
        if let from = own.map(\.periodFrom).filter({ !$0.isEmpty }).min(), let to = own.map(\.periodTo).max()
        {
            return from == to ? from : "\(from)—\(to)"
        }
        return own.map(\.stateOf).filter { !$0.isEmpty }.max()
    }
}
