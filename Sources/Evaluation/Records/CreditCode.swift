/// The unified social credit code (统一社会信用代码), GB 32100-2015, and the organisation code inside it, GB 11714.
package enum CreditCode {
    package static let length = 18
    /// A firm without a credit code (无照) has a key of the registry's own in its place: this letter, which no credit
    /// code has, and 17 digits: `Z33078400000000001`, division code and number.
    package static let surrogateLetter = UInt8(ascii: "Z")
    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    private static let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    private static let organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

    private static let values: [Int8] = {
        var table = [Int8](repeating: -1, count: 256)
        for (value, character) in alphabet.enumerated() { table[Int(character)] = Int8(value) }
        return table
    }()

    /// Whether the 18 characters are of the alphabet and end in the right check character (GB 32100).
    package static func isValid(_ code: some Collection<UInt8>) -> Bool {
        guard code.count == length, let last = Array(code).last,
            let expected = checkCharacter(code.prefix(17))
        else { return false }
        return last == expected
    }

    /// Whether the text is a key that the registry gave a firm without a credit code.
    package static func isSurrogate(_ code: some Collection<UInt8>) -> Bool {
        code.count == length && code.first == surrogateLetter
            && code.dropFirst().allSatisfy { (48...57).contains($0) }
    }

    /// The 18th character that belongs to 17 others; `nil` when one of them is not of the alphabet.
    package static func checkCharacter(_ code: some Collection<UInt8>) -> UInt8? {
        guard code.count == 17 else { return nil }
        var sum = 0
        var position = 0
        for character in code {
            let value = values[Int(character)]
            guard value >= 0 else { return nil }
            sum += weights[position] * Int(value)
            position += 1
        }
        return alphabet[(31 - sum % 31) % 31]
    }

    /// Whether positions 9 to 17 carry the check character of an organisation code (GB 11714).
    package static func hasValidOrganisationCode(_ code: some Collection<UInt8>) -> Bool {
        guard code.count == length else { return false }
        let part = Array(code.dropFirst(8).prefix(9))
        return organisationCheckCharacter(part.prefix(8)) == part[8]
    }

    /// The ninth character that belongs to the eight others of an organisation code; `nil` when one of them is
    /// neither a digit nor a capital letter.
    package static func organisationCheckCharacter(_ code: some Collection<UInt8>) -> UInt8? {
        guard code.count == 8 else { return nil }
        var sum = 0
        var position = 0
        for character in code {
            switch character {
            case 48...57: sum += organisationWeights[position] * Int(character - 48)
            case 65...90: sum += organisationWeights[position] * Int(character - 55)
            default: return nil
            }
            position += 1
        }
        switch 11 - sum % 11 {
        case 10: return UInt8(ascii: "X")
        case 11: return UInt8(ascii: "0")
        case let digit: return 48 + UInt8(digit)
        }
    }
}
