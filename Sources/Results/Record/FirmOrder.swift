import Evaluation

/// The order in which rankings show the firms of a run.
enum FirmOrder {
    /// Firms by cohort, part, rank and credit code; firms without a cohort after all others, those without a rank
    /// after the ranked ones of their cohort. Linear in the number of firms.
    static func placing(_ evaluated: Evaluated) -> [Int] {
        let count = evaluated.population.count
        let cohort = evaluated.cells[evaluated.graph.landmarks.cohort]
        let rank = evaluated.leadingRanks
        let cohorts = evaluated.graph.cohorts.count
        // Ranks first, then a stable pass over cohorts. Nothing ranks beyond the number of firms.
        let unranked = count + 1
        let byRank = sorted(0..<count, keys: unranked + 1) { firm in
            rank[firm] < 0 || rank[firm] > count ? unranked : Int(rank[firm])
        }
        let parts = evaluated.parts
        let byPart =
            parts.texts.isEmpty
            ? byRank
            : sorted(byRank, keys: parts.texts.count + 2) { firm in
                rank[firm] < 0 ? parts.texts.count + 1 : parts.slot(of: firm)
            }
        return sorted(byPart, keys: cohorts + 1) { firm in
            cohort[firm] < 0 || cohort[firm] >= cohorts ? cohorts : Int(cohort[firm])
        }
    }

    /// Counting sort: equal keys keep their order.
    private static func sorted(
        _ firms: some RandomAccessCollection<Int>, keys: Int, by key: (Int) -> Int
    ) -> [Int] {
        var starts = Array(repeating: 0, count: keys + 1)
        for firm in firms { starts[key(firm) + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        var result = Array(repeating: 0, count: firms.count)
        for firm in firms {
            let key = key(firm)
            result[starts[key]] = firm
            starts[key] += 1
        }
        return result
    }

    /// List entries in the order of the table's key: name of the list, firm, name of the ground.
    static func listEntries(_ evaluated: Evaluated) -> [Int] {
        let lists = evaluated.graph.lists
        let listPlace = places(lists.map(\.name))
        let groundPlace = lists.map { places($0.grounds.map(\.name)) }
        let entries = evaluated.listEntries
        func key(_ entry: ListEntry) -> (Int, Int, Int) {
            (listPlace[entry.list], entry.firm, groundPlace[entry.list][entry.ground])
        }
        return entries.indices.sorted { key(entries[$0]) < key(entries[$1]) }
    }

    /// Where each text stands when they are put in the order of their bytes, which is SQLite's.
    private static func places(_ texts: [String]) -> [Int] {
        let order = texts.indices.sorted {
            texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8)
        }
        var places = Array(repeating: 0, count: texts.count)
        for (place, index) in order.enumerated() { places[index] = place }
        return places
    }
}
