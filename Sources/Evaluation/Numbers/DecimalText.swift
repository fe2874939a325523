/// Decimals as text: exact in both directions.
package enum DecimalText {
    /// Powers of ten that fit a scaled value: 10^0 … 10^18.
    package static let powersOfTen: [Int64] = {
        var powers: [Int64] = [1]
        for _ in 0..<18 { powers.append(powers[powers.count - 1] * 10) }
        return powers
    }()

    /// Most decimals that a node or field may declare.
    package static let maximumDecimals = 9

    /// The text's digits as one whole number and how many of them stand after the point: `-0.0302` is (-302, 4).
    /// `nil` unless it is an optional minus, digits, and optionally a point with digits; at most 30 digits.
    package static func parse(_ text: some StringProtocol) -> (digits: Int128, places: Int)? {
        var digits: Int128 = 0
        var count = 0
        var places = 0
        var isNegative = false
        var seenPoint = false
        var first = true
        var lastWasDigit = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-") where first: isNegative = true
            case UInt8(ascii: ".") where !seenPoint && lastWasDigit:
                seenPoint = true
                lastWasDigit = false
            case 48...57:
                count += 1
                guard count <= 30 else { return nil }
                digits = digits * 10 + Int128(byte - 48)
                if seenPoint { places += 1 }
                lastWasDigit = true
            default: return nil
            }
            first = false
        }
        guard lastWasDigit else { return nil }
        return (isNegative ? -digits : digits, places)
    }

    /// A scaled value as a person writes it, with all its decimals: (987094, 4) is `98.7094`.
    package static func format(_ scaled: Int64, decimals: Int) -> String {
        let digits = String(scaled.magnitude)
        let sign = scaled < 0 ? "-" : ""
        guard decimals > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// Like `format`, without zeros at the end of the decimals: (1200, 3) is `1.2`.
    package static func trimmed(_ scaled: Int64, decimals: Int) -> String {
        var text = format(scaled, decimals: decimals)
        guard decimals > 0 else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}
