/// The firms of a population that are evaluated as one; see ``Merging``.
package struct MergedFirms: Sendable {
    /// The rows of each unit's members, in ascending order.
    package let members: [[Int32]]
    /// The row of each unit's leading member.
    package let leads: [Int32]
    /// How each unit is called, after what its members have in common or after its head: 永强集团. No two are alike.
    package let names: [String]
    /// The unit of each firm; missing where a firm is evaluated alone.
    package let unit: CellColumn
    /// Firms of whom a refused row leaves open whether they are evaluated alone, or who leads their unit.
    let open: [Int32]

    /// - Parameters:
    ///   - keys: what members have the same of. Where it is a credit code, the firm with that code is the head of those
    ///     that name it, and its own head is theirs; a code that the registry does not know merges nobody.
    ///   - size: of which the leading member of a unit without a head has most.
    init(keys: UnitKeys, size: CellColumn, _ population: Population) {
        let heads = MergedFirms.heads(keys, population.codes)
        var links = FirmLinks(population.count)
        var first: [Int64: Int32] = [:]
        var isHead = [Bool](repeating: false, count: population.count)
        for firm in 0..<Int32(population.count) {
            guard let key = keys.key(of: Int(firm)) else { continue }
            if let head = heads[key] {
                links.join(firm, head)
                if head != firm { isHead[Int(head)] = true }
            } else if !keys.areCodes[Int(key)] {
                links.join(firm, first[key] ?? firm)
                if first[key] == nil { first[key] = firm }
            }
        }
        var members: [[Int32]] = []
        var leads: [Int32] = []
        var names: [String] = []
        var open: [Int32] = []
        var unit = [Int64](repeating: Missing.notApplicable.cell, count: population.count)
        for firms in links.groups {
            let text = firms.lazy.compactMap { keys.key(of: Int($0)) }.first { !keys.areCodes[Int($0)] }
            // Nobody else, and no name of its own.
            let isUnit = firms.count > 1 || text != nil
            let roots = firms.filter { isHead[Int($0)] && keys.key(of: Int($0)) == nil }
            let lead = roots.count == 1 ? roots[0] : MergedFirms.largest(firms, size)
            let isOpen =
                firms.contains { keys.cells[Int($0)] == Missing.refusedRow.cell }
                || roots.count != 1 && firms.count > 1
                    && firms.contains { size[Int($0)] == Missing.refusedRow.cell }
            if isOpen { open += firms }
            guard isUnit else { continue }
            for firm in firms { unit[Int(firm)] = Int64(members.count) }
            members.append(firms)
            leads.append(lead)
            names.append(
                roots.count == 1
                    ? population.names[Int(lead)]
                    : text.map { keys.texts[Int($0)] } ?? population.names[Int(lead)])
        }
        let shared = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
        self.members = members
        self.leads = leads
        self.names = zip(names, leads).map { name, lead in
            shared[name] == 1 ? name : "\(name)（\(population.codes[Int(lead)])）"
        }
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
