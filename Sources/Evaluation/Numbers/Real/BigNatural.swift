/// A whole number from zero upward, of any size: what logarithms and roots need beside `Int128`.
///
/// Costs grow with the square of the length; numbers of a few hundred bits are meant.
struct BigNatural: Equatable, Comparable {
    /// From the least to the greatest; the last is not zero.
    private(set) var limbs: [UInt64]

    static let zero = BigNatural(limbs: [])
    static let one = BigNatural(1)

    private init(limbs: [UInt64]) {
        self.limbs = limbs
        while self.limbs.last == 0 { self.limbs.removeLast() }
    }

    init(_ value: UInt128) {
        self.init(limbs: [UInt64(truncatingIfNeeded: value), UInt64(truncatingIfNeeded: value >> 64)])
    }

    static func powerOfTwo(_ exponent: Int) -> BigNatural { one << exponent }

    static func powerOfTen(_ exponent: Int) -> BigNatural { BigNatural(10).raised(to: exponent) }

    // MARK: What it is

    var isZero: Bool { limbs.isEmpty }

    /// How many bits it has: 0 for zero, 1 for one, 2 for two and three.
    var bits: Int { limbs.last.map { limbs.count * 64 - $0.leadingZeroBitCount } ?? 0 }

    /// `nil` when it is greater.
    var word: UInt64? { limbs.count > 1 ? nil : limbs.first ?? 0 }

    static func < (a: BigNatural, b: BigNatural) -> Bool {
        guard a.limbs.count == b.limbs.count else { return a.limbs.count < b.limbs.count }
        for i in a.limbs.indices.reversed() where a.limbs[i] != b.limbs[i] { return a.limbs[i] < b.limbs[i] }
        return false
    }

    // MARK: Sums and products

    static func + (a: BigNatural, b: BigNatural) -> BigNatural {
        let (long, short) = a.limbs.count >= b.limbs.count ? (a.limbs, b.limbs) : (b.limbs, a.limbs)
        var sum = long
        var carry: UInt64 = 0
        for i in sum.indices {
            guard carry != 0 || i < short.count else { break }
            let (first, overflow1) = sum[i].addingReportingOverflow(i < short.count ? short[i] : 0)
            let (second, overflow2) = first.addingReportingOverflow(carry)
            sum[i] = second
            carry = (overflow1 ? 1 : 0) + (overflow2 ? 1 : 0)
        }
        if carry != 0 { sum.append(carry) }
        return BigNatural(limbs: sum)
    }

    /// Zero where the second is greater.
    static func - (a: BigNatural, b: BigNatural) -> BigNatural {
        guard a > b else { return .zero }
        var rest = a.limbs
        var borrow: UInt64 = 0
        for i in rest.indices {
            guard borrow != 0 || i < b.limbs.count else { break }
            let (first, overflow1) = rest[i].subtractingReportingOverflow(i < b.limbs.count ? b.limbs[i] : 0)
            let (second, overflow2) = first.subtractingReportingOverflow(borrow)
            rest[i] = second
            borrow = (overflow1 ? 1 : 0) + (overflow2 ? 1 : 0)
        }
        return BigNatural(limbs: rest)
    }

    static func * (a: BigNatural, b: BigNatural) -> BigNatural {
        guard !a.isZero, !b.isZero else { return .zero }
        var product = [UInt64](repeating: 0, count: a.limbs.count + b.limbs.count)
        for i in a.limbs.indices {
            var carry: UInt64 = 0
            for j in b.limbs.indices {
                let (high, low) = a.limbs[i].multipliedFullWidth(by: b.limbs[j])
                let (first, overflow1) = product[i + j].addingReportingOverflow(low)
                let (second, overflow2) = first.addingReportingOverflow(carry)
                product[i + j] = second
                // The product of two limbs leaves room for both carries.
                carry = high &+ (overflow1 ? 1 : 0) &+ (overflow2 ? 1 : 0)
            }
            product[i + b.limbs.count] = carry
        }
        return BigNatural(limbs: product)
    }

    func raised(to exponent: Int) -> BigNatural {
        var result = BigNatural.one
        var square = self
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 { result = result * square }
            rest >>= 1
            if rest > 0 { square = square * square }
        }
        return result
    }

    // MARK: Shifts

    static func << (a: BigNatural, count: Int) -> BigNatural {
        guard !a.isZero, count > 0 else { return a }
        let (words, bits) = (count / 64, UInt64(count % 64))
        var limbs = [UInt64](repeating: 0, count: words) + a.limbs
        guard bits > 0 else { return BigNatural(limbs: limbs) }
        limbs.append(0)
        for i in (words..<limbs.count).reversed() {
            limbs[i] = limbs[i] << bits | (i > words ? limbs[i - 1] >> (64 - bits) : 0)
        }
        return BigNatural(limbs: limbs)
    }

    /// Rounded down.
    static func >> (a: BigNatural, count: Int) -> BigNatural {
        guard count > 0 else { return a }
        let (words, bits) = (count / 64, UInt64(count % 64))
        guard words < a.limbs.count else { return .zero }
        var limbs = Array(a.limbs[words...])
        guard bits > 0 else { return BigNatural(limbs: limbs) }
        for i in limbs.indices {
            limbs[i] = limbs[i] >> bits | (i + 1 < limbs.count ? limbs[i + 1] << (64 - bits) : 0)
        }
        return BigNatural(limbs: limbs)
    }

    // MARK: Quotients, rounded down

    /// Zero where the divisor is zero.
    func divided(by divisor: UInt64) -> BigNatural {
        guard divisor != 0 else { return .zero }
        var quotient = limbs
        var rest: UInt64 = 0
        for i in limbs.indices.reversed() {
            (quotient[i], rest) = divisor.dividingFullWidth((rest, limbs[i]))
        }
        return BigNatural(limbs: quotient)
    }

    /// Zero where the divisor is zero. Long division with limbs as digits, each digit guessed from the leading ones
    /// and corrected at most twice (Knuth, The Art of Computer Programming, 4.3.1, algorithm D).
    func divided(by divisor: BigNatural) -> BigNatural {
        guard divisor.limbs.count > 1 else { return divided(by: divisor.limbs.first ?? 0) }
        guard self >= divisor else { return .zero }
        let shift = divisor.limbs[divisor.limbs.count - 1].leadingZeroBitCount
        let v = (divisor << shift).limbs
        var u = (self << shift).limbs
        while u.count <= limbs.count { u.append(0) }
        let n = v.count
        var quotient = [UInt64](repeating: 0, count: u.count - n)
        for j in quotient.indices.reversed() {
            let top = v[n - 1]
            var (digit, rest, isExact) = (UInt64.max, UInt64(0), true)
            if u[j + n] < top {
                (digit, rest) = top.dividingFullWidth((u[j + n], u[j + n - 1]))
            } else {
                let (sum, overflow) = u[j + n - 1].addingReportingOverflow(top)
                (rest, isExact) = (sum, !overflow)
            }
            while isExact {
                let (high, low) = digit.multipliedFullWidth(by: v[n - 2])
                guard high > rest || high == rest && low > u[j + n - 2] else { break }
                digit -= 1
                let (sum, overflow) = rest.addingReportingOverflow(top)
                (rest, isExact) = (sum, !overflow)
            }
            if BigNatural.subtract(v, times: digit, from: &u, at: j) {
                digit &-= 1
                BigNatural.add(v, to: &u, at: j)
            }
            quotient[j] = digit
        }
        return BigNatural(limbs: quotient)
    }

    /// Whether there was less than that, so that one was borrowed.
    private static func subtract(
        _ v: [UInt64], times digit: UInt64, from u: inout [UInt64], at start: Int
    ) -> Bool {
        var carry: UInt64 = 0
        for i in v.indices {
            let (high, low) = digit.multipliedFullWidth(by: v[i])
            let (part, overflow1) = low.addingReportingOverflow(carry)
            let (rest, overflow2) = u[start + i].subtractingReportingOverflow(part)
            u[start + i] = rest
            carry = high &+ (overflow1 ? 1 : 0) &+ (overflow2 ? 1 : 0)
        }
        let (rest, overflow) = u[start + v.count].subtractingReportingOverflow(carry)
        u[start + v.count] = rest
        return overflow
    }

    private static func add(_ v: [UInt64], to u: inout [UInt64], at start: Int) {
        var carry: UInt64 = 0
        for i in v.indices {
            let (first, overflow1) = u[start + i].addingReportingOverflow(v[i])
            let (second, overflow2) = first.addingReportingOverflow(carry)
            u[start + i] = second
            carry = (overflow1 ? 1 : 0) + (overflow2 ? 1 : 0)
        }
        u[start + v.count] &+= carry
    }
}
