/// What tells which firms are evaluated as one: those with the same text.
struct UnitKeys {
    /// One per firm: an index into `texts`; missing or blank where a firm is evaluated alone.
    let cells: CellColumn
    let texts: [String]
    /// One per text: whether it is the credit code of the unit's head.
    let areCodes: [Bool]

    private init(cells: CellColumn, texts: [String], areCodes: [Bool]) {
        self.cells = cells
        self.texts = texts
        self.areCodes = areCodes
    }

    init(_ cells: CellColumn, _ texts: [String], areCodes: Bool) {
        self.init(cells: cells, texts: texts, areCodes: texts.map { _ in areCodes })
    }

    /// What the firm has the same of as others; `nil` when it has nothing.
    func key(of firm: Int) -> Int64? {
        let cell = cells[firm]
        return Cell.isMissing(cell) || texts[Int(cell)].isEmpty ? nil : cell
    }

    /// For each firm the first of the keys that it has; one that a refused row leaves open, leaves the firm open.
    /// - Parameter keys: at least one.
    static func firstThatIsThere(_ keys: [UnitKeys]) -> UnitKeys {
        guard keys.count > 1 else { return keys[0] }
        var texts: [String] = []
        var areCodes: [Bool] = []
        var numbers: [String: Int64] = [:]
        var cells = Array(keys[0].cells)
        for (index, key) in keys.enumerated() {
            let own = key.texts.indices.map { text in
                let number = numbers[key.texts[text]] ?? Int64(texts.count)
                if number == texts.count {
                    numbers[key.texts[text]] = number
                    texts.append(key.texts[text])
                    areCodes.append(key.areCodes[text])
                } else if key.areCodes[text] {
                    areCodes[Int(number)] = true
                }
                return number
            }
            for firm in cells.indices {
                if index > 0 {
                    let isOpen = cells[firm] == Missing.refusedRow.cell
                    let isThere = !Cell.isMissing(cells[firm]) && !texts[Int(cells[firm])].isEmpty
                    if isOpen || isThere { continue }
                }
                let cell = key.cells[firm]
                cells[firm] = Cell.isMissing(cell) ? cell : own[Int(cell)]
            }
        }
        return UnitKeys(cells: CellColumn(cells), texts: texts, areCodes: areCodes)
    }
}
