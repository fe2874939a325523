import Evaluation

/// The way from the data of one run to that of another: the calendar, then feed after feed, the registry first, since it
/// says which firms there are, the others in the order of their contracts.
struct InputSteps {
    struct Step {
        let step: Comparison.Step
        let population: Population
        /// Whether the firms are those of the new run.
        let isOfNewFirms: Bool
    }

    private let old: Graph
    private let new: Graph
    private let before: Population
    private let after: Population
    /// The old data of the new run's firms.
    private let carried: Population
    /// Whether both ask the same columns, only with another year in their conditions.
    private let isAligned: Bool
    private let hasSameFirms: Bool

    /// - Parameters:
    ///   - old, new: one method, with the data year and as-of day of either run.
    ///   - before, after: what each asks of its run's feeds.
    ///   - oldPlaces, newPlaces: where the firms of either stand among all.
    init(
        old: Graph, _ before: Population, _ oldPlaces: [Int32], new: Graph, _ after: Population,
        _ newPlaces: [Int32], firms: Int
    ) {
        self.old = old
        self.new = new
        self.before = before
        self.after = after
        isAligned =
            old.feedColumns.count == new.feedColumns.count
            && zip(old.feedColumns, new.feedColumns).allSatisfy {
                $0.feed == $1.feed && $0.relation == $1.relation && $0.aggregate == $1.aggregate
            }
        hasSameFirms = oldPlaces == newPlaces
        var rowAt = [Int32](repeating: -1, count: firms)
        for (row, place) in oldPlaces.enumerated() { rowAt[Int(place)] = Int32(row) }
        carried =
            isAligned
            ? after.taking(before, asked: new.feedColumns, rows: newPlaces.map { rowAt[Int($0)] }) : after
    }

    /// Without steps in which nothing changes.
    /// - Parameters: the files that either run read.
    func steps(files oldFiles: [FileRecord], _ newFiles: [FileRecord]) -> [Step] {
        let isDated = old.dataYear != new.dataYear || old.asOf != new.asOf
        let calendar = Comparison.Step(
            name: "calendar", label: "年度与时点",
            note: "\(old.dataYear) as of \(old.asOf) → \(new.dataYear) as of \(new.asOf)")
        guard isAligned else {
            return [
                Step(
                    step: .init(name: "calendar+inputs", label: "年度与时点 + 各项数据", note: calendar.note),
                    population: after, isOfNewFirms: true)
            ]
        }
        var steps: [Step] = []
        if isDated { steps.append(Step(step: calendar, population: before, isOfNewFirms: false)) }
        var taken: Set<Int> = []
        for feed in order {
            let contract = new.contracts[feed]
            let isRegistry = contract.name == FeedContract.registryName
            let isDecisions = contract.name == FeedContract.decisionName
            taken.insert(feed)
            let differing = carried.firmsDiffering(from: after, in: feed, asked: new.feedColumns)
            let hasOtherDecisions =
                isDecisions && new.manualRule != nil && carried.manualDecisions != after.manualDecisions
            guard differing > 0 || hasOtherDecisions || isRegistry && !hasSameFirms else { continue }
            let old = Set(oldFiles.filter { $0.feed == contract.name }.map(\.sha256))
            let new = Set(newFiles.filter { $0.feed == contract.name }.map(\.sha256))
            var notes = ["files \(old.count) → \(new.count), \(old.intersection(new).count) of them the same"]
            if differing > 0 {
                notes.append("\(grouped(differing)) \(differing == 1 ? "firm" : "firms") with other values")
            }
            if hasOtherDecisions { notes.append("other decisions on tiers") }
            steps.append(
                Step(
                    step: .init(
                        name: contract.name, label: contract.title, note: notes.joined(separator: ", ")),
                    population: carried.taking(
                        taken, of: after, asked: self.new.feedColumns,
                        decisions: taken.contains { self.new.contracts[$0].name == FeedContract.decisionName }
                    ),
                    isOfNewFirms: true))
        }
        return steps
    }

    private var order: [Int] {
        let all = Array(new.contracts.indices)
        let registry = all.filter { new.contracts[$0].name == FeedContract.registryName }
        return registry + all.filter { !registry.contains($0) }
    }
}
