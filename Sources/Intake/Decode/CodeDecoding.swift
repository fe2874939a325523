import Evaluation

extension Decode {
    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    private static let weights: [Int] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    private static let characterValues: [UInt8] = {
        var table = [UInt8](repeating: 0xff, count: 256)
        for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
        return table
    }()

    /// 0 for a credit code that satisfies GB 32100, otherwise a blank or a flaw. Says the same as
    /// `CreditCode.isValid`, without the cost of a generic call per row.
    static func creditCode(_ bytes: UnsafePointer<UInt8>, _ span: FieldSpan) -> Int64 {
        guard span.count > 0 else { return Int64.blank }
        guard span.count == CreditCode.length else { return Flaw.malformed.cell }
        let code = bytes + Int(span.start)
        return weights.withUnsafeBufferPointer { weights in
            characterValues.withUnsafeBufferPointer { values in
                var sum = 0
                for index in 0..<17 {
                    let value = values[Int(code[index])]
                    guard value != 0xff else {
                        let isSurrogate =
                            code[0] == CreditCode.surrogateLetter
                            && CreditCode.isSurrogate(
                                UnsafeBufferPointer(start: code, count: CreditCode.length))
                        return isSurrogate ? 0 : Flaw.malformed.cell
                    }
                    sum &+= weights[index] &* Int(value)
                }
                let last = values[Int(code[17])]
                guard last != 0xff else { return Flaw.malformed.cell }
                return Int(last) == (31 - sum % 31) % 31 ? 0 : Flaw.checkCharacter.cell
            }
        }
    }

    static func creditCode(_ code: [UInt8]) -> Int64 {
        guard code.count == CreditCode.length else { return code.isEmpty ? Int64.blank : Flaw.malformed.cell }
        return code.withUnsafeBufferPointer { code in
            code.baseAddress.map { creditCode($0, FieldSpan(start: 0, end: CreditCode.length)) }
                ?? Int64.blank
        }
    }

    /// Whether positions 9 to 17 satisfy GB 11714; the code has 18 characters of the alphabet.
    static func hasValidOrganisation(_ bytes: UnsafePointer<UInt8>, _ span: FieldSpan) -> Bool {
        guard span.count == CreditCode.length else { return false }
        if bytes[Int(span.start)] == CreditCode.surrogateLetter { return true }
        var sum = 0
        var weight: (UInt64) = 0x02_04_08_05_0a_09_07_03  // 3 7 9 10 5 8 4 2, the first in the lowest byte
        let part = bytes + Int(span.start) + 8
        for index in 0..<8 {
            let character = part[index]
            sum &+= Int(weight & 0xff) &* Int(character < 65 ? character &- 48 : character &- 55)
            weight >>= 8
        }
        let check = 11 - sum % 11
        let expected: UInt8 =
            check == 10
            ? UInt8(ascii: "X") : check == 11 ? Ascii.zero : Ascii.zero + UInt8(truncatingIfNeeded: check)
        return part[8] == expected
    }
}
