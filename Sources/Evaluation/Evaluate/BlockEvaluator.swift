/// For which firms a condition holds, and for which a refused row leaves it open; for all others it does not hold.
struct ConditionOutcome {
    var holders: [Int32] = []
    var refused: [Int32] = []
}

/// Evaluates plans over blocks of up to 1,024 firms: each operation is a loop over a block of exact fractions.
///
/// The checker has bounded every part below 2^126, so the loops use wrapping arithmetic without a chance to wrap.
/// Slots are scratch rows that belong to one evaluator, and an evaluator belongs to one thread.
final class BlockEvaluator {
    static let blockSize = 1024
    private static let present: UInt8 = 255

    /// Values of conditions, in the order in which the greater wins among those that decide nothing: unknown rests on
    /// a missing value, refused on one that is missing because a row was refused.
    private static let no: UInt8 = 0
    private static let yes: UInt8 = 1
    private static let unknown: UInt8 = 2
    private static let refused: UInt8 = 3

    private let cells: [CellColumn]
    private let slotCount: Int
    private let numerators: UnsafeMutablePointer<Int128>
    private let denominators: UnsafeMutablePointer<Int128>
    /// The cause of a missing value, or `present`; for conditions their value.
    private let marks: UnsafeMutablePointer<UInt8>
    /// The firms of the current block.
    private var rows: UnsafePointer<Int32>
    private var count = 0

    init(cells: [CellColumn], slots: Int, rows: UnsafePointer<Int32>) {
        self.cells = cells
        slotCount = slots
        numerators = .allocate(capacity: slots * BlockEvaluator.blockSize)
        denominators = .allocate(capacity: slots * BlockEvaluator.blockSize)
        marks = .allocate(capacity: slots * BlockEvaluator.blockSize)
        self.rows = rows
    }

    deinit {
        numerators.deallocate()
        denominators.deallocate()
        marks.deallocate()
    }

    // MARK: Blocks

    /// Evaluates a number for `count` firms and writes their rounded cells; returns the first row of the block whose
    /// value has too many digits.
    func number(
        _ plan: Plan, rows: UnsafePointer<Int32>, count: Int, decimals: Int, rounding: Rounding,
        into result: UnsafeMutablePointer<Int64>
    ) -> Int? {
        self.rows = rows
        self.count = count
        if case .real(let function, let parts) = plan {
            return real(function, parts, decimals: decimals, rounding: rounding, into: result)
        }
        let common = evaluate(plan, 0)
        let n = numerators
        let d = denominators
        let m = marks
        let scale = Int128(DecimalText.powersOfTen[decimals])
        var overflow: Int?
        // A sum of values with the node's own decimals needs no division.
        let factor = common.flatMap { scale % $0 == 0 ? scale / $0 : nil }
        for i in 0..<count {
            let row = Int(rows[i])
            guard m[i] == BlockEvaluator.present else {
                result[row] = Int64.min + Int64(m[i])
                continue
            }
            let rounded: Int128
            if let factor {
                rounded = n[i] &* factor
            } else {
                rounded = Fraction.round(n[i] &* scale, over: common ?? d[i], rounding)
            }
            if rounded.magnitude >= UInt128(Cell.limit) {
                overflow = overflow ?? row
                result[row] = 0
            } else {
                result[row] = Int64(truncatingIfNeeded: rounded)
            }
        }
        return overflow
    }

    /// A real function of each firm's arguments, which are missing as those of any other operation are.
    private func real(
        _ function: RealFunction, _ parts: [Plan], decimals: Int, rounding: Rounding,
        into result: UnsafeMutablePointer<Int64>
    ) -> Int? {
        let commons = parts.enumerated().map { evaluate($1, $0) }
        var overflow: Int?
        for i in 0..<count {
            let row = Int(rows[i])
            let places = commons.indices.map { $0 * BlockEvaluator.blockSize + i }
            if let cause = places.map({ marks[$0] }).filter({ $0 != BlockEvaluator.present }).max() {
                result[row] = Int64.min + Int64(cause)
                continue
            }
            let arguments = zip(places, commons).map { place, common in
                RealFunction.Argument(
                    numerator: numerators[place], denominator: common ?? denominators[place])
            }
            switch function.value(arguments, decimals: decimals, rounding) {
            case .value(let value): result[row] = value
            case .undefined: result[row] = Missing.undefined.cell
            case .tooLarge:
                overflow = overflow ?? row
                result[row] = 0
            }
        }
        return overflow
    }

    /// Evaluates a condition for `count` firms and adds those for which it holds, and those for which a refused row
    /// leaves it open.
    func condition(_ plan: Plan, rows: UnsafePointer<Int32>, count: Int, into outcome: inout ConditionOutcome)
    {
        self.rows = rows
        self.count = count
        test(plan, 0)
        for i in 0..<count {
            if marks[i] == BlockEvaluator.yes { outcome.holders.append(rows[i]) }
            if marks[i] == BlockEvaluator.refused { outcome.refused.append(rows[i]) }
        }
    }

    // MARK: Numbers

    /// Leaves the fractions in the slot; returns their denominator when it is the same for all.
    private func evaluate(_ plan: Plan, _ slot: Int) -> Int128? {
        let n = numerators + slot * BlockEvaluator.blockSize
        let d = denominators + slot * BlockEvaluator.blockSize
        let m = marks + slot * BlockEvaluator.blockSize
        switch plan {
        case .constant(let numerator, let denominator):
            for i in 0..<count {
                n[i] = numerator
                m[i] = BlockEvaluator.present
            }
            return denominator
        case .node(let node, let scale):
            load(node, n, m)
            return scale
        case .statistic(let lookup):
            load(lookup, n, m)
            return Int128(DecimalText.powersOfTen[lookup.decimals])
        case .yearsSince(let node, let asOf):
            load(node, n, m)
            let end = asOf.civil
            for i in 0..<count where m[i] == BlockEvaluator.present {
                let start = Day(number: Int64(truncatingIfNeeded: n[i])).civil
                let isBefore = (end.month, end.day) < (start.month, start.day)
                n[i] = Int128(end.year - start.year - (isBefore ? 1 : 0))
            }
            return 1
        case .negate(let a):
            let common = evaluate(a, slot)
            for i in 0..<count { n[i] = 0 &- n[i] }
            return common
        case .add(let a, let b): return join(a, b, slot) { $0 &+ $1 }
        case .subtract(let a, let b): return join(a, b, slot) { $0 &- $1 }
        case .minimum(let parts): return extreme(parts, slot) { $0 < $1 ? $0 : $1 }
        case .maximum(let parts): return extreme(parts, slot) { $0 > $1 ? $0 : $1 }
        case .multiply(let a, let b):
            let left = evaluate(a, slot)
            let right = evaluate(b, slot + 1)
            mergeMarks(slot)
            let n2 = n + BlockEvaluator.blockSize
            for i in 0..<count { n[i] = n[i] &* n2[i] }
            if let left, let right { return left &* right }
            let d2 = d + BlockEvaluator.blockSize
            for i in 0..<count { d[i] = (left ?? d[i]) &* (right ?? d2[i]) }
            return nil
        case .divide(let a, .constant(let numerator, let denominator)):
            let left = evaluate(a, slot)
            let factor = numerator < 0 ? 0 &- denominator : denominator
            let divisor = numerator < 0 ? 0 &- numerator : numerator
            for i in 0..<count { n[i] = n[i] &* factor }
            if let left { return left &* divisor }
            for i in 0..<count { d[i] = d[i] &* divisor }
            return nil
        case .divide(let a, let b):
            let left = evaluate(a, slot)
            let right = evaluate(b, slot + 1)
            mergeMarks(slot)
            let n2 = n + BlockEvaluator.blockSize
            let d2 = d + BlockEvaluator.blockSize
            for i in 0..<count {
                let divisor = n2[i]
                guard divisor != 0 else {
                    if m[i] == BlockEvaluator.present { m[i] = Missing.divisionByZero.rawValue }
                    // No denominator may become zero: what stands beside this value is multiplied by it.
                    n[i] = 0
                    d[i] = 1
                    continue
                }
                let sign: Int128 = divisor < 0 ? -1 : 1
                n[i] = n[i] &* (right ?? d2[i]) &* sign
                d[i] = (left ?? d[i]) &* divisor &* sign
            }
            return nil
        case .choose(let condition, let then, let otherwise):
            test(condition, slot)
            let first = evaluate(then, slot + 1)
            let second = evaluate(otherwise, slot + 2)
            let common = align(slot + 1, first, slot + 2, second)
            for i in 0..<count {
                // Unknown does not hold, as everywhere; but what a refused row leaves open has no value.
                let isOpen = m[i] == BlockEvaluator.refused
                let from = (m[i] == BlockEvaluator.yes ? 1 : 2) * BlockEvaluator.blockSize + i
                n[i] = n[from]
                d[i] = common == nil ? d[from] : 1
                m[i] = isOpen ? Missing.refusedRow.rawValue : m[from]
            }
            return common
        case .fallback(let a, let b):
            let first = evaluate(a, slot)
            let second = evaluate(b, slot + 1)
            let common = align(slot, first, slot + 1, second)
            for i in 0..<count where m[i] != BlockEvaluator.present && m[i] != Missing.refusedRow.rawValue {
                let from = BlockEvaluator.blockSize + i
                n[i] = n[from]
                if common == nil { d[i] = d[from] }
                m[i] = m[from]
            }
            return common
        case .compare, .isOneOf, .and, .or, .not, .unless, .isMissing, .real:
            // The checker keeps conditions out of places for numbers, and real functions out of expressions.
            for i in 0..<count { m[i] = Missing.notApplicable.rawValue }
            return 1
        }
    }

    private func load(_ node: Int, _ n: UnsafeMutablePointer<Int128>, _ m: UnsafeMutablePointer<UInt8>) {
        forEachCell(of: node) { i, cell in
            let isMissing = Cell.isMissing(cell)
            n[i] = isMissing ? 0 : Int128(cell)
            m[i] = isMissing ? UInt8(truncatingIfNeeded: cell &- Int64.min) : BlockEvaluator.present
        }
    }

    /// Goes through the node's cells of the current block.
    @inline(__always)
    private func forEachCell(of node: Int, _ body: (Int, Int64) -> Void) {
        cells[node].withPointer { pointer in
            switch pointer {
            case .wide(let cells): for i in 0..<count { body(i, cells[Int(rows[i])]) }
            case .narrow(let cells): for i in 0..<count { body(i, CellColumn.widened(cells[Int(rows[i])])) }
            case nil: break
            }
        }
    }

    private func load(
        _ lookup: StatisticLookup, _ n: UnsafeMutablePointer<Int128>, _ m: UnsafeMutablePointer<UInt8>
    ) {
        for i in 0..<count {
            let row = Int(rows[i])
            let cohort = lookup.cohort.map { cells[$0][row] } ?? 0
            let category = lookup.by.map { cells[$0][row] } ?? 0
            // Without a group there is no value; a group that a refused row leaves open is left open.
            var cell = Missing.notApplicable.cell
            if cohort == Missing.refusedRow.cell || category == Missing.refusedRow.cell {
                cell = Missing.refusedRow.cell
            } else if !Cell.isMissing(cohort), !Cell.isMissing(category) {
                let group = lookup.by == nil ? 0 : lookup.groups[Int(category)]
                cell = lookup.values[Int(cohort) * lookup.groupCount + group]
            }
            let isMissing = Cell.isMissing(cell)
            n[i] = isMissing ? 0 : Int128(cell)
            m[i] = isMissing ? UInt8(truncatingIfNeeded: cell &- Int64.min) : BlockEvaluator.present
        }
    }

    /// Slot and the next one: what is missing in either is missing in the slot, the greater cause winning.
    private func mergeMarks(_ slot: Int) {
        let m = marks + slot * BlockEvaluator.blockSize
        let m2 = m + BlockEvaluator.blockSize
        for i in 0..<count where m2[i] != BlockEvaluator.present {
            m[i] = m[i] == BlockEvaluator.present ? m2[i] : max(m[i], m2[i])
        }
    }

    /// Brings two slots to one denominator: a common constant, or, row by row, the product of both.
    private func align(_ slot: Int, _ first: Int128?, _ other: Int, _ second: Int128?) -> Int128? {
        let n = numerators + slot * BlockEvaluator.blockSize
        let n2 = numerators + other * BlockEvaluator.blockSize
        let d = denominators + slot * BlockEvaluator.blockSize
        let d2 = denominators + other * BlockEvaluator.blockSize
        if let first, let second, let common = Bound.leastCommonMultiple(first, second) {
            let factor = common / first
            let factor2 = common / second
            if factor != 1 { for i in 0..<count { n[i] = n[i] &* factor } }
            if factor2 != 1 { for i in 0..<count { n2[i] = n2[i] &* factor2 } }
            return common
        }
        for i in 0..<count {
            let a = first ?? d[i]
            let b = second ?? d2[i]
            n[i] = n[i] &* b
            n2[i] = n2[i] &* a
            d[i] = a &* b
            d2[i] = d[i]
        }
        return nil
    }

    @inline(__always)
    private func join(_ a: Plan, _ b: Plan, _ slot: Int, _ operation: (Int128, Int128) -> Int128) -> Int128? {
        let first = evaluate(a, slot)
        let second = evaluate(b, slot + 1)
        let common = align(slot, first, slot + 1, second)
        mergeMarks(slot)
        let n = numerators + slot * BlockEvaluator.blockSize
        let n2 = n + BlockEvaluator.blockSize
        for i in 0..<count { n[i] = operation(n[i], n2[i]) }
        return common
    }

    private func extreme(_ parts: [Plan], _ slot: Int, _ better: (Int128, Int128) -> Int128) -> Int128? {
        let n = numerators + slot * BlockEvaluator.blockSize
        let n2 = n + BlockEvaluator.blockSize
        var common: Int128?
        for (index, part) in parts.enumerated() {
            if index == 0 {
                common = evaluate(part, slot)
                continue
            }
            common = align(slot, common, slot + 1, evaluate(part, slot + 1))
            mergeMarks(slot)
            for i in 0..<count { n[i] = better(n[i], n2[i]) }
        }
        return common
    }

    // MARK: Conditions

    private func test(_ plan: Plan, _ slot: Int) {
        let m = marks + slot * BlockEvaluator.blockSize
        let m2 = m + BlockEvaluator.blockSize
        switch plan {
        case .not(let a):
            test(a, slot)
            for i in 0..<count where m[i] <= BlockEvaluator.yes { m[i] = 1 - m[i] }
        case .unless(let a):
            test(a, slot)
            for i in 0..<count where m[i] != BlockEvaluator.refused {
                m[i] = m[i] == BlockEvaluator.yes ? BlockEvaluator.no : BlockEvaluator.yes
            }
        case .and(let parts):
            for i in 0..<count { m[i] = BlockEvaluator.yes }
            for part in parts {
                test(part, slot + 1)
                for i in 0..<count where m[i] != BlockEvaluator.no {
                    m[i] = m2[i] == BlockEvaluator.no ? BlockEvaluator.no : max(m[i], m2[i])
                }
            }
        case .or(let parts):
            for i in 0..<count { m[i] = BlockEvaluator.no }
            for part in parts {
                test(part, slot + 1)
                for i in 0..<count where m[i] != BlockEvaluator.yes {
                    m[i] = m2[i] == BlockEvaluator.yes ? BlockEvaluator.yes : max(m[i], m2[i])
                }
            }
        case .isMissing(let a):
            _ = evaluate(a, slot)
            for i in 0..<count {
                m[i] =
                    m[i] == BlockEvaluator.present
                    ? BlockEvaluator.no
                    : m[i] == Missing.refusedRow.rawValue ? BlockEvaluator.refused : BlockEvaluator.yes
            }
        case .isOneOf(let node, let table):
            forEachCell(of: node) { i, cell in
                m[i] =
                    Cell.isMissing(cell)
                    ? cell == Missing.refusedRow.cell ? BlockEvaluator.refused : BlockEvaluator.unknown
                    : table[Int(cell)] ? BlockEvaluator.yes : BlockEvaluator.no
            }
        case .compare(let comparison, let a, let b):
            let first = evaluate(a, slot)
            let second = evaluate(b, slot + 1)
            let n = numerators + slot * BlockEvaluator.blockSize
            let n2 = n + BlockEvaluator.blockSize
            let d = denominators + slot * BlockEvaluator.blockSize
            let d2 = d + BlockEvaluator.blockSize
            for i in 0..<count {
                guard m[i] == BlockEvaluator.present, m2[i] == BlockEvaluator.present else {
                    let isRefused =
                        m[i] == Missing.refusedRow.rawValue || m2[i] == Missing.refusedRow.rawValue
                    m[i] = isRefused ? BlockEvaluator.refused : BlockEvaluator.unknown
                    continue
                }
                let left = n[i] &* (second ?? d2[i])
                let right = n2[i] &* (first ?? d[i])
                let holds =
                    switch comparison {
                    case .less: left < right
                    case .lessOrEqual: left <= right
                    case .equal: left == right
                    case .notEqual: left != right
                    case .greaterOrEqual: left >= right
                    case .greater: left > right
                    }
                m[i] = holds ? BlockEvaluator.yes : BlockEvaluator.no
            }
        case .constant, .node, .statistic, .negate, .add, .subtract, .multiply, .divide, .minimum, .maximum,
            .choose,
            .fallback, .yearsSince, .real:
            // The checker keeps numbers out of places for conditions.
            for i in 0..<count { m[i] = BlockEvaluator.unknown }
        }
    }
}
