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
    private let statement: Statement
    private var current: (code: String, tier: String?)?

    init(_ run: RunSummary, _ db: Database) throws {
        tiers = try String.fetchAll(
            db, sql: "SELECT tier FROM cut WHERE run = ? GROUP BY tier ORDER BY min(position), tier",
            arguments: [run.id])
        statement = try db.makeStatement(sql: "SELECT code, tier FROM result WHERE run = ? ORDER BY firm")
        statement.arguments = [run.id]
        row = StatementRow(statement.sqliteStatement)
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
    enum Place: Hashable {
        case tier(String)
        /// In the registry, without a tier.
        case ungraded
        /// Not in the registry of that year.
        case absent

        static func of(_ tier: String?) -> Place { tier.map { .tier($0) } ?? .ungraded }
    }

    let source: EarlierTiers
    /// Tiers that are known, best first; others that occur follow.
    private let old: [String]
    private let new: [String]
    private var counts: [Place: [Place: Int]] = [:]

    init(source: EarlierTiers, old: [String], new: [String]) {
        self.source = source
        self.old = old
        self.new = new
    }

    mutating func add(_ before: Place, _ after: Place) {
        counts[before, default: [:]][after, default: 0] += 1
    }

    mutating func addGone(_ places: [Place]) { for place in places { add(place, .absent) } }

    /// Rows and columns with a firm in them.
    var oldPlaces: [Place] { order(old, Set(counts.keys)) }
    var newPlaces: [Place] { order(new, Set(counts.values.flatMap(\.keys))) }

    func count(_ before: Place, _ after: Place) -> Int { counts[before]?[after] ?? 0 }

    private func order(_ tiers: [String], _ used: Set<Place>) -> [Place] {
        let known = tiers.map(Place.tier)
        let others = used.subtracting(known).compactMap { place -> String? in
            if case .tier(let text) = place { text } else { nil }
        }
        return (known + others.sorted().map(Place.tier) + [.ungraded, .absent]).filter(used.contains)
    }
}
