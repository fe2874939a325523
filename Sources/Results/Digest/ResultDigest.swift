import Crypto
import Evaluation

/// The digest of a run's results: SHA-256 over the text that the `sqlite3` shell prints for one query.
///
/// `Schemas/result-digest.sql` holds the query, `Docs/verify.md` the recipe. Here the same text is made
/// from the evaluation, while SQLite is still writing.
enum ResultDigest {
    /// The query, `:run` standing for the number of the run.
    ///
    /// 1: firms by credit code. 2: decisions by firm. 3: list entries with amounts. 4: firms of a part of a cohort, or
    /// evaluated with others. Texts from outside go in as hexadecimal
    /// digits, because shells differ in how they print line breaks inside a text.
    static let query = """
        SELECT 1, code, state, class, cohort, total, rank, initial_tier, tier
        FROM result WHERE run = :run
        UNION ALL
        SELECT 2, code, position, decision_applied.name, effect, decision_applied.tier, overruled,
            hex(document), hex(reason)
        FROM decision_applied JOIN result USING (run, firm) WHERE run = :run
        UNION ALL
        SELECT 3, list, code, ground, amount, NULL, NULL, NULL, NULL
        FROM list_entry JOIN result USING (run, firm) WHERE run = :run
        UNION ALL
        SELECT 4, code, hex(part), hex(unit), NULL, NULL, NULL, NULL, NULL
        FROM result WHERE run = :run AND (part IS NOT NULL OR unit IS NOT NULL)
        ORDER BY 1, 2, 3, 4
        """

    /// The digest of an evaluation that is not yet stored.
    /// - Parameter entries: the list entries in the order of ``FirmOrder/listEntries(_:)``.
    static func compute(_ evaluated: Evaluated, entries: [Int]) -> String {
        var text = Text(evaluated)
        text.firms()
        text.decisions()
        text.listEntries(entries)
        text.partsAndUnits()
        return text.finish()
    }

    private struct Text {
        private let evaluated: Evaluated
        private var hash = SHA256()
        private var bytes: [UInt8] = []

        init(_ evaluated: Evaluated) {
            self.evaluated = evaluated
            bytes.reserveCapacity(1 << 17)
        }

        mutating func firms() {
            let graph = evaluated.graph
            let marks = graph.landmarks
            let cells = evaluated.cells
            let states = graph.states.map { Array("|\($0.name)|\($0.accountingClass.rawValue)|".utf8) }
            let cohorts = graph.cohorts.map { Array($0.name.utf8) }
            let tiers = graph.ranking.tiers.map { Array($0.utf8) }
            let state = cells[marks.state]
            let cohort = cells[marks.cohort]
            let total = cells[marks.total]
            let rank = cells[marks.rank]
            let initialTier = cells[marks.initialTier]
            let tier = cells[marks.tier]
            for firm in 0..<evaluated.population.count {
                bytes.append(contentsOf: "1|".utf8)
                code(firm)
                choice(state[firm], states)
                choice(cohort[firm], cohorts)
                separator()
                number(total[firm])
                separator()
                number(rank[firm])
                separator()
                choice(initialTier[firm], tiers)
                separator()
                choice(tier[firm], tiers)
                line()
            }
        }

        mutating func decisions() {
            var position: Int64 = 0
            var previous: Int?
            for decision in evaluated.decisions {
                position = decision.firm == previous ? position + 1 : 0
                previous = decision.firm
                let (effect, tier) = decision.effect.words(evaluated.graph)
                bytes.append(contentsOf: "2|".utf8)
                code(decision.firm)
                separator()
                bytes.append(integer: position)
                bytes.append(contentsOf: "|\(decision.name)|\(effect)|\(tier)|".utf8)
                bytes.append(contentsOf: decision.isOverruled ? "1|".utf8 : "0|".utf8)
                bytes.append(hexadecimal: decision.document.utf8)
                separator()
                bytes.append(hexadecimal: decision.reason.utf8)
                line()
            }
        }

        mutating func listEntries(_ order: [Int]) {
            let lists = evaluated.graph.lists
            let heads = lists.map { Array("3|\($0.name)|".utf8) }
            let tails = lists.map { $0.grounds.map { Array("|\($0.name)|".utf8) } }
            for index in order {
                let entry = evaluated.listEntries[index]
                bytes.append(contentsOf: heads[entry.list])
                code(entry.firm)
                bytes.append(contentsOf: tails[entry.list][entry.ground])
                number(evaluated.amount(of: entry))
                bytes.append(contentsOf: "||||".utf8)
                line()
            }
        }

        mutating func partsAndUnits() {
            let (parts, merged) = (evaluated.parts, evaluated.merged)
            guard !parts.texts.isEmpty || merged != nil else { return }
            for firm in 0..<evaluated.population.count {
                let part = parts.column[firm]
                let unit = merged?.unit[firm] ?? Missing.notApplicable.cell
                if Cell.isMissing(part), Cell.isMissing(unit) { continue }
                bytes.append(contentsOf: "4|".utf8)
                code(firm)
                separator()
                if !Cell.isMissing(part) { bytes.append(hexadecimal: parts.texts[Int(part)].utf8) }
                separator()
                if let merged, !Cell.isMissing(unit) {
                    bytes.append(hexadecimal: merged.names[Int(unit)].utf8)
                }
                bytes.append(contentsOf: "|||||".utf8)
                line()
            }
        }

        mutating func finish() -> String {
            hash.update(data: bytes)
            return Hexadecimal.text(hash.finalize())
        }

        private mutating func code(_ firm: Int) {
            let codes = evaluated.population.codes
            bytes.append(contentsOf: codes.bytes[codes.offsets[firm]..<codes.offsets[firm + 1]])
        }

        private mutating func choice(_ cell: Int64, _ texts: [[UInt8]]) {
            if cell >= 0, cell < texts.count { bytes.append(contentsOf: texts[Int(cell)]) }
        }

        private mutating func number(_ cell: Int64) {
            if !Cell.isMissing(cell) { bytes.append(integer: cell) }
        }

        private mutating func separator() { bytes.append(UInt8(ascii: "|")) }

        private mutating func line() {
            bytes.append(UInt8(ascii: "\n"))
            guard bytes.count > 1 << 16 else { return }
            hash.update(data: bytes)
            bytes.removeAll(keepingCapacity: true)
        }
    }
}

extension DecisionRule.Effect {
    /// The effect and its tier, or the number of tiers, as tables name them.
    func words(_ graph: Graph) -> (effect: String, tier: String) {
        let tiers = graph.ranking.tiers
        func name(_ tier: Int) -> String { tiers.indices.contains(tier) ? tiers[tier] : "" }
        return switch self {
        case .set(let tier): ("set", name(tier))
        case .notAbove(let tier): ("not_above", name(tier))
        case .notBelow(let tier): ("not_below", name(tier))
        case .raise(let count): ("raise", "\(count)")
        case .lower(let count): ("lower", "\(count)")
        }
    }
}
