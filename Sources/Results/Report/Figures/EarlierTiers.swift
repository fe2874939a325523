import Evaluation
import GRDB

/// What says how firms stood a year ago.
enum EarlierTiers {
    /// The latest run of the year before, in the same store.
    case run(RunSummary)
    /// A column of the values table: the tier that the feed `previous` (上年结果) delivered, as the method read it.
    case feed(String)
    case unknown

    init(before run: RunSummary, graph: Graph, _ db: Database) throws {
        let earlier = try RunSummary.fetchOne(
            db, sql: RunSummary.sql(where: "WHERE run.data_year = ? ORDER BY run.id DESC LIMIT 1"),
            arguments: [run.dataYear - 1])
        if let earlier {
            self = .run(earlier)
        } else if let column = try EarlierTiers.column(run, graph, db) {
            self = .feed(column)
        } else {
            self = .unknown
        }
    }

    /// The method's own column of last year's tiers, when it asks for them.
    private static func column(_ run: RunSummary, _ graph: Graph, _ db: Database) throws -> String? {
        for node in graph.nodes {
            guard case .column(let index) = node.rule, graph.feedColumns.indices.contains(index) else {
                continue
            }
            let asked = graph.feedColumns[index]
            let contract = graph.contracts[asked.feed]
            guard contract.name == "previous", case .latest(let field) = asked.aggregate,
                contract.fields[field].name == "tier",
                case .compare(let filtered, .equal, Int64(run.dataYear - 1)) = asked.filter,
                contract.fields[filtered].name == "year"
            else { continue }
            return try String.fetchOne(
                db, sql: "SELECT value_column FROM node WHERE method = ? AND name = ?",
                arguments: [run.method, node.name])
        }
        return nil
    }
}

/// The firms of an earlier run in the order of their codes, read side by side with those of a later one.
final class EarlierRun {
    /// From the best on.
    let tiers: [String]
    private let row: StatementRow
    private var current: (code: String, tier: String?)?

    init(_ run: RunSummary, _ db: Database) throws {
        tiers = try String.fetchAll(
            db, sql: "SELECT tier FROM cut WHERE run = ? GROUP BY tier ORDER BY min(position), tier",
            arguments: [run.id])
        let statement = try db.makeStatement(
            sql: "SELECT code, tier FROM result WHERE run = ? ORDER BY firm")
        statement.arguments = [run.id]
        row = StatementRow(statement)
        try next()
    }

    /// Firms that only the earlier run has, by tier, since the last one that was asked for.
    private(set) var gone: [Transitions.Place] = []

    /// - Parameter code: greater than the one asked for before.
    func place(of code: String) throws -> Transitions.Place {
        while let found = current {
            guard found.code < code else {
                guard found.code == code else { return .absent }
                try next()
                return .of(found.tier)
            }
            gone.append(.of(found.tier))
            try next()
        }
        return .absent
    }

    /// Firms that only the earlier run has.
    func rest() throws -> [Transitions.Place] {
        while let found = current {
            gone.append(.of(found.tier))
            try next()
        }
        return gone
    }

    private func next() throws {
        current = try row.step() ? (row.text(0) ?? "", row.text(1)) : nil
    }
}

/// How many firms came from which tier into which.
struct Transitions {
    enum Place: Equatable {
        case tier(String)
        /// In the registry, without a tier.
        case ungraded
        /// Not in the registry of that year.
        case absent

        static func of(_ tier: String?) -> Place { tier.map { .tier($0) } ?? .ungraded }
    }

    /// Texts that are no tier of either method are told apart up to here.
    private static let most = 24

    let source: EarlierTiers
    /// Known tiers, best first, then what else occurs.
    private var old: [Place]
    private var new: [Place]
    /// [old place][new place].
    private var counts: [[Int]]

    /// - Parameters:
    ///   - old: tiers that are known, best first; others that occur follow.
    ///   - new: likewise.
    init(source: EarlierTiers, old: [String], new: [String]) {
        self.source = source
        self.old = [.ungraded, .absent] + old.map(Place.tier)
        self.new = [.ungraded, .absent] + new.map(Place.tier)
        counts = self.old.map { _ in [] }
    }

    mutating func add(_ before: Place, _ after: Place) {
        let row = Transitions.index(before, &old)
        let column = Transitions.index(after, &new)
        if row >= counts.count { counts.append([]) }
        while column >= counts[row].count { counts[row].append(0) }
        counts[row][column] += 1
    }

    mutating func addGone(_ places: [Place]) { for place in places { add(place, .absent) } }

    private static func index(_ place: Place, _ places: inout [Place]) -> Int {
        if let index = places.firstIndex(of: place) { return index }
        let other = Place.tier("其他")
        guard places.count < most || place == other else { return index(other, &places) }
        places.append(place)
        return places.count - 1
    }

    /// Rows and columns with a firm in them, what is no tier last.
    var oldPlaces: [Place] { used(old) { place in new.contains { count(place, $0) > 0 } } }
    var newPlaces: [Place] { used(new) { place in old.contains { count($0, place) > 0 } } }

    func count(_ before: Place, _ after: Place) -> Int {
        guard let row = old.firstIndex(of: before), let column = new.firstIndex(of: after),
            column < counts[row].count
        else { return 0 }
        return counts[row][column]
    }

    private func used(_ places: [Place], _ isUsed: (Place) -> Bool) -> [Place] {
        (places.dropFirst(2) + places.prefix(2)).filter(isUsed)
    }
}
