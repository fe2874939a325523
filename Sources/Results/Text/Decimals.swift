extension [UInt8] {
    /// Appends an integer as SQLite prints it.
    mutating func append(integer value: Int64) { append(decimal: value, places: 0) }

    /// Appends a scaled integer with its decimals, all of them: 21345 with 4 places is `2.1345`.
    mutating func append(decimal value: Int64, places: Int) {
        var magnitude = value.magnitude
        // Digits are written from the back; 20 are the most that a 64-bit number has.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24 + Swift.max(0, places)) { digits in
            var start = digits.count
            var written = 0
            repeat {
                if written == places, places > 0 {
                    start -= 1
                    digits[start] = UInt8(ascii: ".")
                }
                start -= 1
                digits[start] = 48 + UInt8(truncatingIfNeeded: magnitude % 10)
                magnitude /= 10
                written += 1
            } while magnitude > 0 || written <= places
            if value < 0 {
                start -= 1
                digits[start] = UInt8(ascii: "-")
            }
            append(contentsOf: UnsafeMutableBufferPointer(rebasing: digits[start...]))
        }
    }
}
