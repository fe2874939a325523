import Evaluation

/// The months, from first to last, that a delivery speaks of; a month is year × 12 + month − 1.
struct Period: Sendable, Hashable {
    let first: Int
    let last: Int

    /// `nil` unless both are months such as `2021-03` and in order.
    init?(from: String, to: String) {
        guard let first = Period.month(from), let last = Period.month(to), first <= last else { return nil }
        self.first = first
        self.last = last
    }

    private static func month(_ text: String) -> Int? {
        guard text.utf8.count == 7, let day = Day(text + "-01") else { return nil }
        return day.civil.year * 12 + day.civil.month - 1
    }

    /// `2021-03`.
    static func text(_ month: Int) -> String {
        let number = month % 12 + 1
        return "\(month / 12)-\(number < 10 ? "0" : "")\(number)"
    }

    func contains(_ month: Int) -> Bool { first <= month && month <= last }
    func contains(year: Int) -> Bool { first / 12 <= year && year <= last / 12 }
}

/// A point in time as seconds since 1970, from `2022-02-10T08:00:00+08:00`; tells which delivery is newer.
struct Moment: Sendable, Hashable, Comparable {
    let seconds: Int64

    /// `nil` unless the text is an RFC 3339 time; fractions of a second are not looked at.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 40, bytes[10] == UInt8(ascii: "T"),
            bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"),
            let day = Day(String(decoding: bytes[..<10], as: UTF8.self)),
            let hour = Moment.twoDigits(bytes, 11, below: 24),
            let minute = Moment.twoDigits(bytes, 14, below: 60),
            let second = Moment.twoDigits(bytes, 17, below: 61)
        else { return nil }
        var at = 19
        if bytes[at] == UInt8(ascii: ".") {
            at += 1
            let first = at
            while at < bytes.count, (48...57).contains(bytes[at]) { at += 1 }
            guard at > first else { return nil }
        }
        guard at < bytes.count else { return nil }
        var offset: Int64 = 0
        if bytes[at] == UInt8(ascii: "Z") {
            guard at + 1 == bytes.count else { return nil }
        } else {
            guard at + 6 == bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == Ascii.minus,
                bytes[at + 3] == UInt8(ascii: ":"), let hours = Moment.twoDigits(bytes, at + 1, below: 24),
                let minutes = Moment.twoDigits(bytes, at + 4, below: 60)
            else { return nil }
            offset = (hours * 3600 + minutes * 60) * (bytes[at] == Ascii.minus ? -1 : 1)
        }
        seconds = day.number * 86_400 + hour * 3600 + minute * 60 + second - offset
    }

    private static func twoDigits(_ bytes: [UInt8], _ at: Int, below limit: Int64) -> Int64? {
        guard at + 1 < bytes.count, (48...57).contains(bytes[at]), (48...57).contains(bytes[at + 1]) else {
            return nil
        }
        let value = Int64(bytes[at] - 48) * 10 + Int64(bytes[at + 1] - 48)
        return value < limit ? value : nil
    }

    static func < (a: Moment, b: Moment) -> Bool { a.seconds < b.seconds }
}
