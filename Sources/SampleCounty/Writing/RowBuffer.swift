import Evaluation

/// Rows of CSV as bytes. Fields are appended one after the other; no field of the invented county needs quotes.
struct RowBuffer {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func comma() { bytes.append(UInt8(ascii: ",")) }
    mutating func newline() { bytes.append(UInt8(ascii: "\n")) }
    mutating func byte(_ byte: UInt8) { bytes.append(byte) }

    mutating func text(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func text(_ text: [UInt8]) { bytes.append(contentsOf: text) }

    mutating func text(_ text: ArraySlice<UInt8>) { bytes.append(contentsOf: text) }

    mutating func integer(_ value: Int64) {
        if value < 0 { byte(UInt8(ascii: "-")) }
        digits(value.magnitude, atLeast: 1)
    }

    /// At least this many digits, with leading zeros.
    mutating func integer(_ value: Int, digits count: Int) { digits(UInt64(value), atLeast: count) }

    /// A scaled integer with its decimals; zero is `0`.
    mutating func decimal(_ value: Int64, places: Int) {
        guard places > 0 else { return integer(value) }
        guard value != 0 else { return byte(UInt8(ascii: "0")) }
        if value < 0 { byte(UInt8(ascii: "-")) }
        digits(value.magnitude, atLeast: places + 1)
        bytes.append(0)
        var position = bytes.count - 1
        for _ in 0..<places {
            bytes[position] = bytes[position - 1]
            position -= 1
        }
        bytes[position] = UInt8(ascii: ".")
    }

    /// A comma and a decimal.
    mutating func nextDecimal(_ value: Int64, places: Int) {
        comma()
        decimal(value, places: places)
    }

    mutating func day(_ day: Day) {
        let (year, month, day) = day.civil
        integer(year, digits: 4)
        byte(UInt8(ascii: "-"))
        integer(month, digits: 2)
        byte(UInt8(ascii: "-"))
        integer(day, digits: 2)
    }

    private mutating func digits(_ value: UInt64, atLeast count: Int) {
        let start = bytes.count
        var rest = value
        var written = 0
        repeat {
            bytes.append(48 + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
            written += 1
        } while rest > 0 || written < count
        var (low, high) = (start, bytes.count - 1)
        while low < high {
            bytes.swapAt(low, high)
            low += 1
            high -= 1
        }
    }
}
