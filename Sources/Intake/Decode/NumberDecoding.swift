import Evaluation

/// Decoders of single fields: bytes to a cell, which holds a value, `Missing.blank` or a flaw.
///
/// `bytes` must be readable from the start to the end of the span.
enum Decode {
    /// A decimal: optional `-`, digits, optionally a point and more digits. `scale` is 10^places.
    ///
    /// Refused: `+`, exponents, thousands separators, blanks, a point without digits on both sides, more than
    /// `places` digits after the point (zeros too), more than 15 digits with the places.
    @inline(__always)
    static func decimal(
        _ bytes: UnsafePointer<UInt8>, _ span: FieldSpan, places: Int, powers: UnsafePointer<Int64>
    ) -> Int64 {
        var at = Int(span.start)
        let end = Int(span.end)
        guard at < end else { return Int64.blank }
        let isNegative = bytes[at] == Ascii.minus
        if isNegative { at += 1 }
        // The usual shapes: up to eight digits, and all decimals written or none wanted.
        let whole = places == 0 ? end - at : end - at - places - 1
        if whole >= 1, whole <= 8, places <= 8, places == 0 || bytes[at + whole] == Ascii.point {
            let value = eightDigits(bytes + at, whole)
            let fraction = places == 0 ? 0 : eightDigits(bytes + at + whole + 1, places)
            if value | fraction >= 0 {
                // At most 16 digits, so nothing overflows.
                let scaled = value &* powers[places] &+ fraction
                guard scaled < Int64.limit else { return Flaw.tooLong.cell }
                return isNegative ? -scaled : scaled
            }
        }
        let first = at
        var value: Int64 = 0
        // 17 digits cannot leave Int64; longer fields take the careful way.
        guard end - at <= 17 else {
            return longDecimal(bytes, at, end, places: places, isNegative: isNegative)
        }
        while at < end {
            let digit = bytes[at] &- Ascii.zero
            guard digit < 10 else { break }
            value = value &* 10 &+ Int64(digit)
            at += 1
        }
        guard at > first else { return Flaw.malformed.cell }
        var missingPlaces = places
        if at < end {
            guard bytes[at] == Ascii.point, at + 1 < end else { return Flaw.malformed.cell }
            at += 1
            let point = at
            while at < end {
                let digit = bytes[at] &- Ascii.zero
                guard digit < 10 else { return Flaw.malformed.cell }
                value = value &* 10 &+ Int64(digit)
                at += 1
            }
            missingPlaces = places - (end - point)
            guard missingPlaces >= 0 else { return Flaw.tooManyPlaces.cell }
        }
        let (scaled, overflow) = value.multipliedReportingOverflow(by: powers[missingPlaces])
        guard !overflow, scaled < Int64.limit else { return Flaw.tooLong.cell }
        return isNegative ? -scaled : scaled
    }

    /// The value of one to eight digits, all at once; negative when one of them is no digit. Reads eight bytes,
    /// which the padding of a chunk allows.
    @inline(__always)
    private static func eightDigits(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64 {
        let unused = UInt64(truncatingIfNeeded: 64 &- count &* 8)
        let loaded = UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
        // The digits move to the high bytes; the low ones become leading zeros.
        let digits = (loaded &<< unused) ^ (0x3030_3030_3030_3030 &<< unused)
        let tooHigh = (digits &+ 0x7676_7676_7676_7676) | digits
        guard tooHigh & 0x8080_8080_8080_8080 == 0 else { return -1 }
        let pairs = (digits &* 10) &+ (digits >> 8)
        let low = (pairs & 0x0000_00ff_0000_00ff) &* 0x000f_4240_0000_0064
        let high = ((pairs >> 16) & 0x0000_00ff_0000_00ff) &* 0x0000_2710_0000_0001
        return Int64(truncatingIfNeeded: (low &+ high) >> 32)
    }

    /// More than 17 characters: well formed only with leading zeros, otherwise too long or malformed.
    @inline(never)
    private static func longDecimal(
        _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, places: Int, isNegative: Bool
    ) -> Int64 {
        var value: Int64 = 0
        var isTooLong = false
        var point: Int?
        for at in start..<end {
            let digit = bytes[at] &- Ascii.zero
            if digit < 10 {
                value = value &* 10 &+ Int64(digit)
                if value >= Int64.limit {
                    isTooLong = true
                    value = 0
                }
            } else {
                guard bytes[at] == Ascii.point, point == nil, at > start, at + 1 < end else {
                    return Flaw.malformed.cell
                }
                point = at
            }
        }
        let written = point.map { end - $0 - 1 } ?? 0
        guard written <= places else { return Flaw.tooManyPlaces.cell }
        let (scaled, overflow) = value.multipliedReportingOverflow(
            by: DecimalText.powersOfTen[places - written])
        guard !isTooLong, !overflow, scaled < Int64.limit else { return Flaw.tooLong.cell }
        return isNegative ? -scaled : scaled
    }

    /// `2021`, from 1800 to 2199.
    @inline(__always)
    static func year(_ bytes: UnsafePointer<UInt8>, _ span: FieldSpan) -> Int64 {
        if span.count == 0 { return Int64.blank }
        guard span.count == 4, let year = digits(bytes + Int(span.start), 4), isYear(year) else {
            return Flaw.malformed.cell
        }
        return Int64(year)
    }

    /// `2021-03` as year × 12 + month − 1.
    @inline(__always)
    static func month(_ bytes: UnsafePointer<UInt8>, _ span: FieldSpan) -> Int64 {
        if span.count == 0 { return Int64.blank }
        let at = bytes + Int(span.start)
        guard span.count == 7, at[4] == Ascii.minus, let year = digits(at, 4), isYear(year),
            let month = digits(at + 5, 2), month >= 1, month <= 12
        else { return Flaw.malformed.cell }
        return Int64(year * 12 + month - 1)
    }

    /// `2021-03-31` as days since 1970-01-01.
    @inline(__always)
    static func date(_ bytes: UnsafePointer<UInt8>, _ span: FieldSpan) -> Int64 {
        if span.count == 0 { return Int64.blank }
        let at = bytes + Int(span.start)
        guard span.count == 10, at[4] == Ascii.minus, at[7] == Ascii.minus, let year = digits(at, 4),
            let month = digits(at + 5, 2), let day = digits(at + 8, 2),
            let date = Day(year: year, month: month, day: day)
        else { return Flaw.malformed.cell }
        return date.number
    }

    @inline(__always)
    private static func isYear(_ year: Int) -> Bool { year >= 1800 && year <= 2199 }

    @inline(__always)
    private static func digits(_ at: UnsafePointer<UInt8>, _ count: Int) -> Int? {
        var value = 0
        for index in 0..<count {
            let digit = at[index] &- Ascii.zero
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return value
    }
}
