/// The firms of a population that are evaluated as one; see ``Merging``.
package struct MergedFirms: Sendable {
    /// The rows of each unit's members, in ascending order.
    package let members: [[Int32]]
    /// The row of each unit's leading member.
    package let leads: [Int32]
    /// How each unit is called: 永强集团.
    package let names: [String]
    /// The unit of each firm; missing where a firm is evaluated alone.
    package let unit: CellColumn
    /// Firms of whom a refused row leaves open whether they are evaluated alone, or who leads their unit.
    let open: [Int32]

    /// - Parameters:
    ///   - keys: what members have the same of.
    ///   - size: of which the leading member has most.
    init(keys unitKeys: UnitKeys, size: CellColumn, _ population: Population) {
        let (keys, texts) = (unitKeys.cells, unitKeys.texts)
        var rows: [Int64: [Int32]] = [:]
        var open = keys.indices.filter { keys[$0] == Missing.refusedRow.cell }.map(Int32.init)
        for firm in keys.indices where !Cell.isMissing(keys[firm]) && !texts[Int(keys[firm])].isEmpty {
            rows[keys[firm], default: []].append(Int32(firm))
        }
        let heads = MergedFirms.heads(unitKeys, population.codes)
        for (key, head) in heads where rows[key] != nil {
            // The head may itself point to another unit; there it stays.
            guard Cell.isMissing(keys[Int(head)]) else { continue }
            rows[key, default: []].append(head)
        }
        var members: [[Int32]] = []
        var leads: [Int32] = []
        var names: [String] = []
        var unit = [Int64](repeating: Missing.notApplicable.cell, count: population.count)
        for (key, firms) in rows.sorted(by: { ($0.value.min() ?? 0) < ($1.value.min() ?? 0) }) {
            let firms = firms.sorted()
            for firm in firms { unit[Int(firm)] = Int64(members.count) }
            let head = heads[key].flatMap { firms.contains($0) ? $0 : nil }
            members.append(firms)
            leads.append(head ?? MergedFirms.largest(firms, size))
            if head == nil, firms.count > 1,
                firms.contains(where: { size[Int($0)] == Missing.refusedRow.cell })
            {
                open += firms
            }
            names.append(head.map { population.names[Int($0)] } ?? texts[Int(key)])
        }
        self.members = members
        self.leads = leads
        self.names = names
        self.unit = CellColumn(unit)
        self.open = open
    }

    /// The first of those that have most; whatever is missing is less than any number.
    private static func largest(_ firms: [Int32], _ size: CellColumn) -> Int32 {
        var largest = firms[0]
        for firm in firms.dropFirst() {
            let own = size[Int(firm)]
            if !Cell.isMissing(own), own > size[Int(largest)] { largest = firm }
        }
        return largest
    }

    /// The firms whose codes are among the texts that are codes, by the index of the text.
    private static func heads(_ keys: UnitKeys, _ codes: TextColumn) -> [Int64: Int32] {
        var index: [String: Int64] = [:]
        for (number, text) in keys.texts.enumerated() where keys.areCodes[number] {
            index[text] = Int64(number)
        }
        guard !index.isEmpty else { return [:] }
        var heads: [Int64: Int32] = [:]
        for firm in 0..<codes.count {
            if let number = index[codes[firm]] { heads[number] = Int32(firm) }
        }
        return heads
    }

    /// Whether the firm stands for its unit, or for itself.
    package func leads(_ firm: Int) -> Bool {
        Cell.isMissing(unit[firm]) || leads[Int(unit[firm])] == Int32(firm)
    }

    /// The firm that stands for this one.
    package func lead(of firm: Int) -> Int {
        Cell.isMissing(unit[firm]) ? firm : Int(leads[Int(unit[firm])])
    }

    /// Every member with what the leading one has.
    func shared(_ column: CellColumn) -> CellColumn {
        var cells = Array(column)
        for (firms, lead) in zip(members, leads) {
            for firm in firms { cells[Int(firm)] = column[Int(lead)] }
        }
        return CellColumn(cells)
    }

    /// Every member with what the members have together.
    ///
    /// What a firm lacks, the others' values stand for; but a refused row leaves the sum open.
    /// - Throws: when a sum has more than 15 digits, naming the unit.
    func added(_ column: CellColumn, _ label: String) throws(EvaluationError) -> CellColumn {
        var cells = Array(column)
        for (number, firms) in members.enumerated() {
            let own = firms.map { column[Int($0)] }
            var sum: Int128 = 0
            for cell in own where !Cell.isMissing(cell) { sum += Int128(cell) }
            guard sum.magnitude < UInt128(Cell.limit) else {
                throw EvaluationError(
                    message:
                        "‘\(label)’ of the firms of ‘\(names[number])’ together has more than 15 digits; correct the feeds, or evaluate them apart"
                )
            }
            var value = Int64(truncatingIfNeeded: sum)
            let cause = own.filter(Cell.isMissing).max()
            if let cause, cause == Missing.refusedRow.cell || own.allSatisfy(Cell.isMissing) { value = cause }
            for firm in firms { cells[Int(firm)] = value }
        }
        return CellColumn(cells)
    }

    /// Every member with whether any member is marked.
    func any(_ column: CellColumn) -> CellColumn {
        var cells = Array(column)
        for firms in members {
            // Yes is the greatest, then no; of what is missing, a refused row.
            let own = firms.map { column[Int($0)] }
            let isOpen = own.contains(Missing.refusedRow.cell) && !own.contains(1)
            let value = isOpen ? Missing.refusedRow.cell : own.max() ?? Missing.noRow.cell
            for firm in firms { cells[Int(firm)] = value }
        }
        return CellColumn(cells)
    }
}
