import Evaluation

/// Counts how the rows of feeds found their firms, feed by feed.
struct LinkCounter {
    private struct Place: Hashable {
        let town: String
        let way: LinkWay
    }

    fileprivate struct Count {
        var accepted = 0
        var unused = 0
        var keys = 0
    }

    private let book: LinkBook
    private let names: TextColumn
    /// Of each firm, an index into the names of towns; the first stands for none.
    private let town: [Int32]
    private let towns: [String]
    private var counts: [LinkCount] = []
    private var entries: [LinkEntry] = []
    private var left = 0

    /// - Parameter dictionary: the towns of the registry.
    init(_ registry: Registry, _ book: LinkBook, towns dictionary: TextDictionary?) {
        self.book = book
        names = registry.names
        let texts = (dictionary?.texts ?? []).map { String(decoding: $0, as: UTF8.self) }
        towns = [""] + texts
        town = registry.town.map { cell in
            cell.isMissing || !texts.indices.contains(Int(cell)) ? 0 : Int32(truncatingIfNeeded: cell + 1)
        }
    }

    /// Adds a feed of which all rows are read, before anything follows a successor.
    mutating func add(_ totals: FeedTotals, _ outcomes: [FileOutcome]) {
        guard !outcomes.isEmpty else { return }
        let plan = totals.plan
        var log = LinkLog()
        for outcome in outcomes { log.add(outcome.links) }
        log.settle()
        let accepted = outcomes.reduce(0) { $0 + $1.accepted }
        let follows = plan.contract.links.ways.contains(.successor) ? book.successors : [:]
        var seen: Set<Int> = []
        for relation in plan.contract.relations {
            guard let slot = plan.firmFields.firstIndex(of: relation.field), seen.insert(slot).inserted else {
                continue
            }
            add(plan.contract, relation.name, totals.rows(slot: slot), log, slot, follows, accepted)
        }
    }

    private mutating func add(
        _ contract: FeedContract, _ relation: String, _ firmRows: [Int32], _ log: LinkLog, _ slot: Int,
        _ follows: [Int32: Int32], _ accepted: Int
    ) {
        let feed = contract.name
        var places: [Place: Count] = [:]
        var own: [LinkEntry] = []
        var byCode = firmRows
        func text(_ bytes: [UInt8]) -> String { RowText.row(bytes, 500) }
        func code(_ firm: Int32) -> String { firm < 0 ? "" : book.table.key(of: Int(firm)).text }
        var rest = accepted
        for (thing, tally) in log.things where thing.slot == slot {
            let firm = follows[thing.firm] ?? thing.firm
            if thing.firm >= 0, !byCode.isEmpty {
                byCode[Int(thing.firm)] -= Int32(truncatingIfNeeded: tally.accepted)
            }
            rest -= tally.accepted
            let isNothing = thing.code.isEmpty && thing.key.isEmpty && thing.way == .blank
            places[Place(town: town(firm), way: thing.way), default: Count()].add(
                tally, keys: isNothing ? 0 : 1)
            guard !isNothing else { continue }
            own.append(
                LinkEntry(
                    feed: feed, relation: relation, way: thing.way, code: text(thing.code),
                    key: text(thing.key),
                    name: text(tally.name), firm: code(firm), accepted: tally.accepted, unused: tally.unused))
        }
        // Beyond what is kept apart only rows are counted; that there was something is told by one key.
        for (thing, tally) in log.rest where thing.slot == slot {
            if thing.firm >= 0, !byCode.isEmpty {
                byCode[Int(thing.firm)] -= Int32(truncatingIfNeeded: tally.accepted)
            }
            rest -= tally.accepted
            let town = town(follows[thing.firm] ?? thing.firm)
            places[Place(town: town, way: thing.way), default: Count()].add(tally, keys: 1)
            left += 1
        }
        var found = [Count](repeating: Count(), count: towns.count)
        for (firm, rows) in byCode.enumerated() where rows > 0 {
            rest -= Int(rows)
            if !follows.isEmpty, let successor = follows[Int32(truncatingIfNeeded: firm)] {
                places[Place(town: town(successor), way: .successor), default: Count()].add(
                    LinkLog.Tally(name: [], accepted: Int(rows)), keys: 1)
                own.append(
                    LinkEntry(
                        feed: feed, relation: relation, way: .successor,
                        code: code(Int32(truncatingIfNeeded: firm)),
                        key: "", name: "", firm: code(successor), accepted: Int(rows), unused: 0))
            } else {
                found[Int(town[firm])].accepted += Int(rows)
                found[Int(town[firm])].keys += 1
            }
        }
        for (town, count) in found.enumerated() where count.accepted > 0 {
            places[Place(town: towns[town], way: .code)] = count
        }
        // Rows that were damaged before their firm could be looked for are none of the accepted ones.
        if rest > 0 {
            places[Place(town: "", way: .blank), default: Count()].add(
                LinkLog.Tally(name: [], accepted: rest), keys: 0)
        }
        counts += places.map { place, count in
            LinkCount(
                feed: feed, relation: relation, town: place.town, way: place.way, accepted: count.accepted,
                unused: count.unused, keys: count.keys)
        }.sorted { ($0.town, $0.way) < ($1.town, $1.way) }
        own.sort { a, b in
            let (x, y) = (a.accepted + a.unused, b.accepted + b.unused)
            return a.way != b.way
                ? a.way < b.way
                : x != y ? x > y : (a.code, a.key, a.name, a.firm) < (b.code, b.key, b.name, b.firm)
        }
        entries += DeliveredNames.keep(Array(own.prefix(LinkTable.maxEntries)), among: names, contract)
        left += max(0, own.count - LinkTable.maxEntries)
    }

    private func town(_ firm: Int32) -> String { firm < 0 ? "" : towns[Int(town[Int(firm)])] }

    var table: LinkTable { LinkTable(counts: counts, entries: entries, left: left) }
}

extension LinkCounter.Count {
    fileprivate mutating func add(_ tally: LinkLog.Tally, keys: Int) {
        accepted += tally.accepted
        unused += tally.unused
        self.keys += keys
    }
}
