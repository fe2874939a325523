/// The parts of cohorts that are ranked and cut apart (分组): one of a cohort that stays whole.
package struct Parts: Sendable {
    /// The texts that any cohort is split by, in the order of their bytes.
    package let texts: [String]
    /// Index of each firm's part in `texts`; missing where its cohort stays whole, or its text is missing.
    package let column: CellColumn
    /// Whether each cohort is split.
    private let isSplit: [Bool]

    /// Nothing is split.
    init(whole firms: Int) {
        texts = []
        column = .missing(firms)
        isSplit = []
    }

    init(_ ranking: Ranking, cohorts: CellColumn, _ cells: [CellColumn], _ dictionaries: [[String]]) {
        isSplit = ranking.within.map { $0 != nil }
        let splitters = Set(ranking.within.compactMap { $0 })
        texts = Set(splitters.flatMap { dictionaries[$0] }).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        guard !splitters.isEmpty else {
            column = .missing(cohorts.count)
            return
        }
        let index = Dictionary(uniqueKeysWithValues: texts.enumerated().map { ($1, Int64($0)) })
        var translated: [Int: [Int64]] = [:]
        for node in splitters { translated[node] = dictionaries[node].map { index[$0] ?? 0 } }
        column = CellColumn(
            cohorts.indices.map { firm in
                let cohort = cohorts[firm]
                guard !Cell.isMissing(cohort), let node = ranking.within[Int(cohort)],
                    !Cell.isMissing(cells[node][firm])
                else { return Missing.notApplicable.cell }
                return translated[node]?[Int(cells[node][firm])] ?? Missing.notApplicable.cell
            })
    }

    /// How many slots there are: one for each text, after one for firms without.
    var slots: Int { texts.count + 1 }

    /// 0 for a firm without a part, otherwise one more than its index in `texts`.
    package func slot(of firm: Int) -> Int {
        Cell.isMissing(column[firm]) ? 0 : Int(column[firm]) + 1
    }

    /// Empty for firms without a part.
    package func text(of slot: Int) -> String { slot > 0 ? texts[slot - 1] : "" }

    /// The firms of a cohort part by part, in the order of the texts; parts without a firm are left out, but a cohort
    /// that stays whole has its one part always.
    func sorted(_ firms: [Int32], cohort: Int) -> [(slot: Int, firms: [Int32])] {
        guard isSplit.indices.contains(cohort), isSplit[cohort] else { return [(0, firms)] }
        var members = [[Int32]](repeating: [], count: slots)
        for firm in firms { members[slot(of: Int(firm))].append(firm) }
        return members.indices.filter { !members[$0].isEmpty }.map { ($0, members[$0]) }
    }
}
