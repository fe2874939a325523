import Evaluation

/// How often each leniency was needed in one file, and where first.
struct LeniencyCounts: Sendable {
    struct Use: Sendable {
        var count = 0
        var line = 0
        var byte = 0
        var column = ""
        var row = ""
    }

    /// One per bit of `Leniencies`.
    private var uses = [Use?](repeating: nil, count: Leniencies.RawValue.bitWidth)

    /// Counts every leniency of `used`; `place` is asked only where the sample is the first of the file.
    mutating func add(_ used: Leniencies, line: Int, place: () -> (byte: Int, column: String, row: String)) {
        var bits = used.rawValue
        while bits != 0 {
            let bit = bits.trailingZeroBitCount
            bits &= bits - 1
            let known = uses[bit]
            uses[bit, default: Use()].count += 1
            guard known == nil || line <= known?.line ?? 0 else { continue }
            let place = place()
            if let known, line == known.line, place.byte >= known.byte { continue }
            uses[bit] = Use(
                count: (known?.count ?? 0) + 1, line: line, byte: place.byte, column: place.column,
                row: place.row)
        }
    }

    /// Adds one note for each leniency that was needed.
    func report(to log: inout FindingLog) {
        for (bit, use) in uses.enumerated() {
            guard let use, let message = Message(Leniencies(rawValue: 1 << UInt16(bit)), count: use.count)
            else { continue }
            log.add(
                message, count: use.count, line: use.line, byte: use.byte, column: use.column, row: use.row)
        }
    }
}

extension [LeniencyCounts.Use?] {
    fileprivate subscript(index: Int, default use: LeniencyCounts.Use) -> LeniencyCounts.Use {
        get { self[index] ?? use }
        set { self[index] = newValue }
    }
}

extension Message {
    fileprivate init?(_ leniency: Leniencies, count: Int) {
        switch leniency {
        case .blanks: self = .lenientBlanks(count: count)
        case .brackets: self = .lenientBrackets(count: count)
        case .dates: self = .lenientDates(count: count)
        case .fullWidth: self = .lenientFullWidth(count: count)
        case .headers: self = .lenientHeaders(count: count)
        case .plus: self = .lenientPlus(count: count)
        case .thousands: self = .lenientThousands(count: count)
        case .titleRows: self = .lenientTitleRows(count: count)
        case .totalRows: self = .lenientTotalRows(count: count)
        case .trailingZeros: self = .lenientTrailingZeros(count: count)
        case .units: self = .lenientUnits(count: count)
        default: return nil
        }
    }
}
