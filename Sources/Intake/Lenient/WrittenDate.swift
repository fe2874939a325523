import Evaluation

/// A day, month or year as people and spreadsheets write it.
///
/// A day: `2021-3-31`, `2021/3/31`, `2021.3.31`, `2021年3月31日`, `20210331`, each also with a time of midnight behind it.
/// A month: `2021-3`, `2021/3`, `2021年3月`, `202103`, `2021.03`; not `2021.1`, which may be a spreadsheet's `2021.10`.
/// A year: `2021年`, `2021年度`. Years have four digits: nobody can know which century `21` is of.
struct WrittenDate {
    private var numbers: [Int] = []
    private let parts: Int

    /// `nil` for what is not written in one of these ways; whether the day exists is not looked at.
    init?(_ field: UnsafeBufferPointer<UInt8>, _ kind: FeedField.Kind) {
        switch kind {
        case .year: parts = 1
        case .month: parts = 2
        case .date: parts = 3
        case .creditCode, .decimal, .category, .text: return nil
        }
        guard field.count >= 4, field.count <= 40 else { return nil }
        var text = Array(field)
        if parts == 3 { text = WrittenDate.withoutMidnight(text) }
        text.removeAll { $0 == 0x20 }
        let digits = text.prefix { $0 &- Ascii.zero < 10 }
        if digits.count == text.count, parts > 1 {
            guard digits.count == 2 + parts * 2 else { return nil }
            numbers = [WrittenDate.number(digits[..<4])]
            for part in 1..<parts {
                numbers.append(WrittenDate.number(digits[(2 + part * 2)..<(4 + part * 2)]))
            }
            return
        }
        guard digits.count == 4, read(text[...]) else { return nil }
    }

    /// The exact form.
    var text: [UInt8] {
        var text: [UInt8] = []
        for (index, number) in numbers.enumerated() {
            if index > 0 { text.append(Ascii.minus) }
            let digits = Array(String(number).utf8)
            text += Array(repeating: Ascii.zero, count: max(0, (index == 0 ? 4 : 2) - digits.count)) + digits
        }
        return text
    }

    private static let year = Array("年".utf8)
    private static let month = Array("月".utf8)

    private mutating func read(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        var sign: UInt8?
        for part in 0..<parts {
            let digits = rest.prefix { $0 &- Ascii.zero < 10 }
            guard part == 0 ? digits.count == 4 : (1...2).contains(digits.count) else { return false }
            numbers.append(WrittenDate.number(digits))
            rest = rest.dropFirst(digits.count)
            guard part + 1 < parts else { break }
            if part == 0, let first = rest.first,
                [Ascii.minus, Ascii.point, UInt8(ascii: "/")].contains(first)
            {
                sign = first
            }
            if let sign {
                guard rest.first == sign else { return false }
                rest = rest.dropFirst()
            } else {
                guard rest.starts(with: part == 0 ? WrittenDate.year : WrittenDate.month) else {
                    return false
                }
                rest = rest.dropFirst(3)
            }
            if sign == Ascii.point, parts == 2, rest.count != 2 { return false }
        }
        if sign != nil { return rest.isEmpty }
        let endings = parts == 1 ? ["年", "年度"] : parts == 2 ? ["月", "月份"] : ["日", "号"]
        return endings.contains { rest.elementsEqual($0.utf8) }
    }

    /// Takes ` 0:00`, ` 00:00:00` or `T00:00:00` off; another time of day stays, and nothing will read it.
    private static func withoutMidnight(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(UInt8(ascii: ":")),
            let start = text.lastIndex(where: { $0 == 0x20 || $0 == UInt8(ascii: "T") }),
            text[(start + 1)...].allSatisfy({
                $0 == Ascii.zero || $0 == UInt8(ascii: ":") || $0 == Ascii.point
            })
        else { return text }
        return Array(text[..<start])
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { $0 * 10 + Int($1 - Ascii.zero) }
    }
}
