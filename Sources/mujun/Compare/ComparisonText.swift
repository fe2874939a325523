import Evaluation

/// Who moves and why, for people.
struct ComparisonText {
    let comparison: Comparison
    /// How many firms are named.
    let limit: Int

    var text: String {
        ([
            matrices, steps, lists, groups("属地", comparison.towns), groups("行业", comparison.industries),
            movers,
        ]
        .compactMap { $0 }).joined(separator: "\n\n")
    }

    // MARK: From tier to tier

    private var matrices: String {
        comparison.matrices.map { matrix in
            if matrix.from == nil, matrix.to == nil,
                matrix.counts.prefix(comparison.tiers.count).allSatisfy({ $0.allSatisfy { $0 == 0 } })
            {
                return withoutTier(matrix)
            }
            let labels = matrix.places.map(comparison.label)
            var table = Table(
                [("\(title(matrix))：原 \\ 新", .left)] + labels.map { ($0, .right) } + [("合计", .right)])
            for (row, label) in labels.enumerated() {
                let sum = matrix.counts[row].reduce(0, +)
                guard sum > 0 || matrix.places[row].tier != nil else { continue }
                table.add([label] + matrix.counts[row].map { $0 == 0 ? "·" : grouped($0) } + [grouped(sum)])
            }
            let sums = labels.indices.map { column in matrix.counts.reduce(0) { $0 + $1[column] } }
            table.add(["合计"] + sums.map(grouped) + [grouped(matrix.firms)])
            return table.text
        }.joined(separator: "\n\n")
    }

    /// Firms that have no tier before and after.
    private func withoutTier(_ matrix: TransitionMatrix) -> String {
        var parts: [String] = []
        for (row, old) in matrix.places.enumerated() {
            for (column, new) in matrix.places.enumerated() where matrix.counts[row][column] > 0 {
                let count = "\(grouped(matrix.counts[row][column])) 户"
                parts.append(
                    old == new
                        ? "均\(comparison.label(new)) \(count)"
                        : "\(comparison.label(old)) → \(comparison.label(new)) \(count)")
            }
        }
        return parts.joined(separator: "，")
    }

    private func title(_ matrix: TransitionMatrix) -> String {
        switch (matrix.from, matrix.to) {
        case (nil, nil): "均未参评"
        case (let from?, let to?) where from.name == to.name: to.label
        case (let from, let to): "\(from?.label ?? "无评价组") → \(to?.label ?? "无评价组")"
        }
    }

    // MARK: Which change moves how many

    private var steps: String? {
        guard !comparison.steps.isEmpty else { return nil }
        var table = Table(
            [
                ("变化", .left), ("升档", .right), ("降档", .right), ("转为参评", .right), ("转为未参评", .right),
            ] + comparison.tiers.map { ($0, .right) } + [("总分变动", .right), ("名单变动", .right)])
        var notes: [String] = []
        for (index, step) in comparison.steps.enumerated() {
            let counts = comparison.counts(from: index, to: index + 1)
            let listed = comparison.lists(from: index, to: index + 1).reduce(0) {
                $0 + $1.added.count + $1.removed.count
            }
            table.add(
                row("\(index + 1) \(step.label)", counts)
                    + [grouped(comparison.totalsChanged(by: index)), grouped(listed)])
            if let note = step.note { notes.append("  \(index + 1) \(step.label): \(note)") }
        }
        table.add(row("合计（原 → 新）", comparison.counts()))
        return ([table.text] + notes).joined(separator: "\n")
    }

    private func row(_ label: String, _ counts: Comparison.Counts) -> [String] {
        [label] + [counts.up, counts.down, counts.entered, counts.left].map(grouped) + counts.net.map(signed)
    }

    private func signed(_ number: Int) -> String {
        number > 0 ? "+\(grouped(number))" : grouped(number)
    }

    private var lists: String? {
        let changes = comparison.lists()
        guard !changes.isEmpty else { return nil }
        var table = Table([("名单", .left), ("原", .right), ("新", .right), ("列入", .right), ("移出", .right)])
        for change in changes {
            table.add([
                change.term.label, grouped(change.old), grouped(change.new), grouped(change.added.count),
                grouped(change.removed.count),
            ])
        }
        return table.text
    }

    private func groups(_ header: String, _ groups: [GroupCounts]) -> String? {
        let moved = groups.filter { $0.counts.moved > 0 }
        guard !moved.isEmpty else { return nil }
        var table = Table(
            [
                (header, .left), ("升档", .right), ("降档", .right), ("转为参评", .right), ("转为未参评", .right),
            ] + comparison.tiers.map { ($0, .right) })
        for group in moved {
            let counts = group.counts
            table.add(
                [group.name.isEmpty ? "（空）" : group.name]
                    + [counts.up, counts.down, counts.entered, counts.left].map(grouped)
                    + zip(group.old, group.new).map { old, new in
                        old == new ? grouped(new) : "\(grouped(old))→\(grouped(new))"
                    })
        }
        let others = groups.count - moved.count
        return table.text + (others > 0 ? "\n其余 \(others) 个\(header)无变动" : "")
    }

    // MARK: Who moves

    private var movers: String {
        let movers = comparison.movers
        guard !movers.isEmpty else { return "No firm changes its tier." }
        guard limit > 0 else { return "\(grouped(movers.count)) firms move, 0 shown" }
        var table = Table([
            ("企业名称", .left), ("统一社会信用代码", .left), ("属地", .left), ("评价组", .left), ("档次", .left),
            ("总分", .right), ("", .left), ("", .right), ("变化", .left),
        ])
        for firm in movers.prefix(limit) {
            let old = comparison.cohort(firm, after: 0)
            let new = comparison.cohort(firm, after: comparison.steps.count)
            let cohorts = old?.name == new?.name ? [new] : [old, new]
            table.add([
                comparison.firms.names[firm], comparison.firms.codes[firm], comparison.firms.townText(firm),
                cohorts.map { $0?.label ?? "—" }.joined(separator: "→"),
                "\(comparison.label(comparison.oldPlace(firm)))→\(comparison.label(comparison.newPlace(firm)))",
                total(firm, 0), "→", total(firm, comparison.steps.count), causes(firm),
            ])
        }
        let shown = min(limit, movers.count)
        return table.text + "\n\(grouped(movers.count)) firms move, \(grouped(shown)) shown"
    }

    private func total(_ firm: Int, _ steps: Int) -> String {
        comparison.total(firm, after: steps).map { DecimalText.format($0, decimals: comparison.decimals) }
            ?? "—"
    }

    private func causes(_ firm: Int) -> String {
        comparison.steps(moving: firm).map { step in
            let (old, new) = (comparison.place(firm, after: step), comparison.place(firm, after: step + 1))
            return "\(comparison.steps[step].label) \(comparison.label(old))→\(comparison.label(new))"
        }.joined(separator: "，")
    }
}
