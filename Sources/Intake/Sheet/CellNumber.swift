import Evaluation

/// A number as a workbook stores it, which is the text of a binary number, mostly with 17 digits.
///
/// It is rounded to the 15 digits that spreadsheets show, half away from zero, on its decimal digits alone: no binary
/// number is made of it again.
struct CellNumber {
    private static let shown = 15
    private static let most = 400

    private var isNegative = false
    /// Without leading and trailing zeros; none for zero. Values 0 to 9.
    private var digits: [UInt8] = []
    /// How many digits stand before the point; may be negative.
    private var point = 0

    /// `nil` unless the text is a decimal such as `-12.5` or `9.1330784E+17`.
    init?(_ text: some Collection<UInt8>) {
        guard text.count <= CellNumber.most else { return nil }
        var rest = text[...]
        if rest.first == Ascii.minus || rest.first == UInt8(ascii: "+") {
            isNegative = rest.removeFirst() == Ascii.minus
        }
        var hasDigits = false
        var places: Int?
        while let byte = rest.first {
            if byte == Ascii.point, places == nil {
                places = 0
            } else {
                let digit = byte &- Ascii.zero
                guard digit < 10 else { break }
                hasDigits = true
                digits.append(digit)
                if let own = places { places = own + 1 }
            }
            rest.removeFirst()
        }
        guard hasDigits else { return nil }
        var exponent = 0
        if let byte = rest.first {
            guard byte | 0x20 == UInt8(ascii: "e"), rest.count > 1, rest.count <= 6,
                let number = Int(String(decoding: rest.dropFirst(), as: UTF8.self))
            else { return nil }
            exponent = number
        }
        point = digits.count - (places ?? 0) + exponent
        trim()
        guard digits.count > CellNumber.shown else { return }
        let roundsUp = digits[CellNumber.shown] >= 5
        digits.removeSubrange(CellNumber.shown...)
        if roundsUp { increment() }
        trim()
    }

    private mutating func trim() {
        let zeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(zeros)
        point -= zeros
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty {
            point = 0
            isNegative = false
        }
    }

    private mutating func increment() {
        for index in digits.indices.reversed() {
            if digits[index] < 9 {
                digits[index] += 1
                return
            }
            digits[index] = 0
        }
        digits.insert(1, at: 0)
        point += 1
    }

    /// Whether more digits stand before the point than a spreadsheet keeps, so that the last of them are lost.
    var hasLostDigits: Bool { point > CellNumber.shown }

    /// As a plain decimal; with an exponent where digits are lost, and where zeros alone would fill a line.
    func append(to bytes: inout [UInt8]) {
        if isNegative { bytes.append(Ascii.minus) }
        func append(_ digits: some Sequence<UInt8>) {
            for digit in digits { bytes.append(Ascii.zero + digit) }
        }
        if digits.isEmpty {
            bytes.append(Ascii.zero)
        } else if hasLostDigits || point < -CellNumber.shown * 2 {
            append(digits.prefix(1))
            if digits.count > 1 { bytes.append(Ascii.point) }
            append(digits.dropFirst())
            bytes.append(contentsOf: "E\(point > 0 ? "+" : "")\(point - 1)".utf8)
        } else if point <= 0 {
            append([0])
            bytes.append(Ascii.point)
            append(repeatElement(0, count: -point))
            append(digits)
        } else {
            append(digits.prefix(point))
            append(repeatElement(0, count: max(0, point - digits.count)))
            if digits.count > point {
                bytes.append(Ascii.point)
                append(digits.dropFirst(point))
            }
        }
    }

    /// The whole days and the seconds of a day that the number stands for, to the nearest second; `nil` when it is
    /// negative or too large for a day.
    var daysAndSeconds: (days: Int, seconds: Int)? {
        guard !isNegative, point <= 7 else { return nil }
        var days = 0
        var fraction = 0
        // Ten places are far finer than a second.
        for place in 0..<max(0, point) { days = days * 10 + Int(place < digits.count ? digits[place] : 0) }
        var scale = 1
        for place in 0..<10 {
            let index = point + place
            let digit = index >= 0 && index < digits.count ? Int(digits[index]) : 0
            fraction = fraction * 10 + digit
            scale *= 10
        }
        let seconds = (fraction * 86_400 + scale / 2) / scale
        return seconds == 86_400 ? (days + 1, 0) : (days, seconds)
    }
}

extension CellNumber {
    /// The number as a text, read through the cell's format.
    func append(to bytes: inout [UInt8], as format: NumberFormat, from1904: Bool) {
        guard format != .number, let (days, seconds) = daysAndSeconds, days <= 2_958_465 else {
            append(to: &bytes)
            return
        }
        // Day 60 is 29 February 1900, which there was not; days before it are one later than counted.
        let number = from1904 ? days - 24_107 : days < 60 ? days - 25_568 : days - 25_569
        guard from1904 || days >= 1, from1904 || days != 60 else {
            bytes.append(contentsOf: (days == 0 ? "1900-01-00" : "1900-02-29").utf8)
            return
        }
        let day = Day(number: Int64(number)).description
        switch format {
        case .number: append(to: &bytes)
        case .year: bytes.append(contentsOf: day.utf8.prefix(4))
        case .month: bytes.append(contentsOf: day.utf8.prefix(7))
        case .day: bytes.append(contentsOf: day.utf8)
        case .moment:
            bytes.append(contentsOf: day.utf8)
            guard seconds > 0 else { return }
            let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
            bytes.append(contentsOf: " \(parts.joined(separator: ":"))".utf8)
        }
    }
}
