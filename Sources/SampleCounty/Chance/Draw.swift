/// A stream of pseudo-random numbers that depends on nothing but a seed, a topic and an index (SplitMix64).
///
/// Every firm, meter or month draws from its own stream, so that none depends on how many numbers another took.
/// Integers only: a floating-point `exp` may differ in its last bit from one machine to the next.
struct Draw {
    /// What the numbers are drawn for.
    enum Topic: UInt64 {
        case code, firm, premises, certificate, meter, tax, power, statistics, emission, lease, registry
        case event, title, decision, previous, shuffle, name
    }

    private var state: UInt64

    init(_ seed: UInt64, _ topic: Topic, _ index: Int = 0) {
        state = Draw.mixed(seed &+ topic.rawValue &* 0xD1B5_4A32_D192_ED03)
        state = Draw.mixed(state &+ UInt64(truncatingIfNeeded: index) &* 0x8CB9_2BA7_2F3D_8DD7)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Draw.mixed(state)
    }

    /// A number from 0 up to, not including, `count`.
    mutating func below(_ count: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(count)).high)
    }

    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// True this many times in a thousand.
    mutating func chance(_ perThousand: Int) -> Bool { below(1000) < perThousand }

    /// An approximately standard normal number times 65536: the sum of twelve uniform numbers less six.
    mutating func normal() -> Int64 {
        var sum: Int64 = 0
        for _ in 0..<3 {
            let bits = next()
            sum +=
                Int64(bits & 0xFFFF) + Int64(bits >> 16 & 0xFFFF) + Int64(bits >> 32 & 0xFFFF)
                + Int64(bits >> 48)
        }
        return sum - 6 * 65536
    }

    /// A log-normal factor with median 1, times 65536; `sigma` is the deviation of its natural logarithm in
    /// thousandths.
    mutating func factor(sigma: Int64) -> Int64 {
        // 94548 / 65536 = log2(e)
        FixedPoint.powerOfTwo(normal() * sigma / 1000 * 94548 / 65536)
    }

    /// A log-normal amount with this median.
    mutating func amount(median: Int64, sigma: Int64) -> Int64 {
        FixedPoint.times(median, factor(sigma: sigma))
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

/// Numbers times 65536.
enum FixedPoint {
    /// 2^(2^-k) for k = 1…16, times 2^32.
    private static let roots: [UInt64] = [
        6_074_001_000, 5_107_605_667, 4_683_695_048, 4_485_121_744, 4_389_014_833, 4_341_736_423,
        4_318_288_544, 4_306_612_134, 4_300_785_774, 4_297_875_550, 4_296_421_177, 4_295_694_175,
        4_295_330_720, 4_295_149_004, 4_295_058_149, 4_295_012_722,
    ]

    /// 2^x for an `x` from −16 to 30.
    static func powerOfTwo(_ x: Int64) -> Int64 {
        let whole = max(-16, min(30, x >> 16))
        var value: UInt64 = 1 << 32
        for (k, root) in roots.enumerated() where x >> (15 - Int64(k)) & 1 == 1 {
            let product = value.multipliedFullWidth(by: root)
            value = product.high << 32 | product.low >> 32
        }
        let shift = 16 - whole
        return Int64(shift >= 0 ? value >> UInt64(shift) : value << UInt64(-shift))
    }

    static func times(_ value: Int64, _ factor: Int64) -> Int64 {
        let product = value.multipliedFullWidth(by: factor)
        return product.high << 48 | Int64(truncatingIfNeeded: product.low >> 16)
    }
}
