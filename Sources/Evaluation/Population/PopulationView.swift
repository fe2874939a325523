extension Population {
    /// The same firms with some of the columns, in another order.
    /// - Parameter columns: indices into `columns`.
    package func view(of columns: [Int]) -> Population {
        with(columns: columns.map { self.columns[$0] }, columns.map { dictionaries[$0] }, manualDecisions)
    }

    /// The same firms with what another population says of them: a firm that it does not know has no rows.
    /// - Parameters:
    ///   - other: has a column for each of `asked`.
    ///   - rows: for each firm its row in the other; -1 for none.
    package func taking(_ other: Population, asked: [FeedColumn], rows: [Int32]) -> Population {
        let columns = zip(other.columns, asked).map { column, asked in
            let absent: Int64 =
                switch asked.aggregate {
                case .sum, .latest: Missing.noRow.cell
                case .count, .has: 0
                }
            return CellColumn(rows.map { $0 < 0 ? absent : column[Int($0)] })
        }
        var own: [Int: Int] = [:]
        for (firm, row) in rows.enumerated() where row >= 0 { own[Int(row)] = firm }
        let decisions = other.manualDecisions.compactMap { decision in
            own[decision.firm].map {
                ManualDecision(
                    firm: $0, kind: decision.kind, tier: decision.tier, reason: decision.reason,
                    document: decision.document, date: decision.date)
            }
        }
        return with(columns: columns, other.dictionaries, decisions)
    }

    /// The same firms with the columns of some feeds, and the decisions, from another population of these firms.
    /// - Parameter feeds: indices of contracts.
    package func taking(
        _ feeds: Set<Int>, of other: Population, asked: [FeedColumn], decisions: Bool
    ) -> Population {
        func chosen<Value>(_ values: KeyPath<Population, [Value]>) -> [Value] {
            asked.indices.map { (feeds.contains(asked[$0].feed) ? other : self)[keyPath: values][$0] }
        }
        return with(
            columns: chosen(\.columns), chosen(\.dictionaries),
            decisions ? other.manualDecisions : manualDecisions)
    }

    /// For how many firms the columns of a feed hold other values than in another population of these firms.
    package func firmsDiffering(from other: Population, in feed: Int, asked: [FeedColumn]) -> Int {
        var differs = [Bool](repeating: false, count: count)
        for index in asked.indices where asked[index].feed == feed {
            let (a, b) = (columns[index], other.columns[index])
            let (mine, others) = (dictionaries[index], other.dictionaries[index])
            guard mine != others || a != b else { continue }
            for firm in 0..<count where !differs[firm] {
                let (x, y) = (a[firm], b[firm])
                let isText = !Cell.isMissing(x) && !Cell.isMissing(y) && !mine.isEmpty && !others.isEmpty
                differs[firm] = isText ? mine[Int(x)] != others[Int(y)] : x != y
            }
        }
        return differs.count { $0 }
    }

    private func with(
        columns: [CellColumn], _ dictionaries: [[String]], _ decisions: [ManualDecision]
    ) -> Population {
        Population(
            codes: codes, names: names, town: town, industry: industry, towns: towns, industries: industries,
            columns: columns, dictionaries: dictionaries, manualDecisions: decisions, given: given)
    }
}
