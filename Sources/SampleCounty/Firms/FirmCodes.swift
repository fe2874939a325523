import Evaluation

/// The credit codes of all firms, ascending, in one block of 18 bytes each.
///
/// Older firms have organisation codes of digits, firms since October 2015 ones that begin with MA. The division
/// digits say who registered the firm: a few are registered with the province or the city above.
struct FirmCodes {
    /// A run of codes that differ only in the organisation code.
    enum Block: Int, CaseIterable { case province, city, digits, letters, proprietors }

    private(set) var bytes: [UInt8] = []
    private var starts: [Int] = []
    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

    init(count: Int, seed: UInt64) {
        let shares = [3, 12, 430, 455]
        var sizes = shares.map { count * $0 / 1000 }
        sizes.append(count - sizes.reduce(0, +))
        bytes.reserveCapacity(count * CreditCode.length)
        for block in Block.allCases {
            starts.append(self.count)
            append(block, sizes[block.rawValue], seed: seed)
        }
    }

    var count: Int { bytes.count / CreditCode.length }

    subscript(firm: Int) -> ArraySlice<UInt8> {
        bytes[firm * CreditCode.length..<(firm + 1) * CreditCode.length]
    }

    /// The block of a firm and how far through it the firm stands, in 65536ths: codes are given out in order of
    /// time.
    func place(of firm: Int) -> (block: Block, progress: Int64) {
        let block = starts.lastIndex { $0 <= firm } ?? 0
        let end = block + 1 < starts.count ? starts[block + 1] : count
        return (
            Block(rawValue: block) ?? .digits,
            Int64(firm - starts[block]) * 65536 / Int64(max(1, end - starts[block]))
        )
    }

    private mutating func append(_ block: Block, _ size: Int, seed: UInt64) {
        guard size > 0 else { return }
        let prefix = Array(
            (block == .province
                ? "91330000"
                : block == .city
                    ? "91330700"
                    : block == .proprietors ? "92330784" : "91330784").utf8)
        let hasLetters = block == .letters || block == .proprietors
        // MA2 and five characters of 31, or eight digits from 10 million to 80 million.
        let space = hasLetters ? 31 * 31 * 31 * 31 * 31 : 70_000_000
        let first = hasLetters ? 0 : 10_000_000
        var draw = Draw(seed, .code, block.rawValue)
        for index in 0..<size {
            // One number out of each of `size` equal stretches: ascending, and none twice.
            let start = space * index / size
            let end = space * (index + 1) / size
            let number = first + start + draw.below(end - start)
            bytes.append(contentsOf: FirmCodes.code(prefix, hasLetters: hasLetters, number: number))
        }
    }

    /// The code with this organisation number, both check characters computed.
    static func code(_ prefix: [UInt8], hasLetters: Bool, number: Int) -> [UInt8] {
        var code = prefix
        code.reserveCapacity(CreditCode.length)
        var rest = number
        let base = hasLetters ? 31 : 10
        var digits = [UInt8](repeating: 0, count: hasLetters ? 5 : 8)
        for position in digits.indices.reversed() {
            digits[position] = alphabet[rest % base]
            rest /= base
        }
        if hasLetters { code += Array("MA2".utf8) }
        code += digits
        code.append(CreditCode.organisationCheckCharacter(code.suffix(8)) ?? 48)
        code.append(CreditCode.checkCharacter(code) ?? 48)
        return code
    }
}
