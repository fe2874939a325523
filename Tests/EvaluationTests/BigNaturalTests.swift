import Testing

@testable import Evaluation

/// Whole numbers of any size, against `Int128` where they fit it and by their laws where they do not.
@Suite struct BigNaturalTests {
    /// Up to 320 bits; limbs of nothing but zeros or ones are where carries go wrong.
    private static func number(_ dice: inout Dice) -> BigNatural {
        (0..<dice.roll(0...5)).reduce(.zero) { number, _ in
            let limb: UInt64 = dice.one(of: [0, 1, .max, .max - 1, 1 << 63, dice.next(), dice.next()])
            return (number << 64) + BigNatural(UInt128(limb))
        }
    }

    @Test func likeInt128() {
        var dice = Dice(seed: 1)
        for _ in 0..<2000 {
            let a = UInt128(dice.next() >> UInt64(dice.roll(0...63)))
            let b = UInt128(dice.next() >> UInt64(dice.roll(0...63)))
            let (x, y) = (BigNatural(a), BigNatural(b))
            #expect(x + y == BigNatural(a + b))
            #expect(x * y == BigNatural(a * b))
            #expect(x - y == BigNatural(a > b ? a - b : 0))
            #expect((x * y).divided(by: y + .one) == BigNatural(a * b / (b + 1)))
            #expect((x < y) == (a < b))
            #expect(x.bits == 128 - a.leadingZeroBitCount)
        }
    }

    @Test func laws() {
        var dice = Dice(seed: 2)
        for _ in 0..<3000 {
            let a = Self.number(&dice)
            let b = Self.number(&dice)
            let c = Self.number(&dice)
            #expect((a + b) * c == a * c + b * c)
            #expect((a + b) - b == a)
            #expect(a - b == .zero || (a - b) + b == a)
            let shift = dice.roll(0...200)
            #expect(a << shift == a * BigNatural.powerOfTwo(shift))
            #expect((a << shift) >> shift == a)
            #expect(a >> shift == a.divided(by: BigNatural.powerOfTwo(shift)))
            guard !b.isZero else { continue }
            let quotient = a.divided(by: b)
            #expect(quotient * b <= a)
            #expect((quotient + .one) * b > a)
            #expect((a * b).divided(by: b) == a)
            #expect((a * b + (b - .one)).divided(by: b) == a)
        }
    }

    @Test func powersAndRoots() {
        #expect(BigNatural.powerOfTen(38) == BigNatural(100_000_000_000_000_000_000_000_000_000_000_000_000))
        #expect(BigNatural(7).raised(to: 0) == .one)
        #expect(BigNatural.zero.divided(by: BigNatural(5)) == .zero)
        #expect(BigNatural(5).divided(by: .zero) == .zero)
        var dice = Dice(seed: 3)
        for _ in 0..<500 {
            let degree = dice.roll(1...8)
            let root = UInt128(dice.next() >> UInt64(64 - 120 / degree > 0 ? 64 - min(60, 120 / degree) : 4))
            let power = (0..<degree).reduce(UInt128(1)) { product, _ in product * root }
            #expect(power.exactRoot(degree) == root)
            if degree > 1, root > 1 {
                #expect((power + 1).exactRoot(degree) == nil)
                #expect((power - 1).exactRoot(degree) == nil)
            }
        }
        #expect(UInt128(1).exactRoot(126) == 1)
        #expect((UInt128(1) << 126).exactRoot(126) == 2)
    }
}
