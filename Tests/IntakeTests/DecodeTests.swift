import Evaluation
import Testing

@testable import Intake

@Suite struct DecodeTests {
    /// Decodes the text as one field with other bytes on both sides.
    private func decode(_ bytes: [UInt8], _ body: (UnsafePointer<UInt8>, FieldSpan) -> Int64) -> Int64 {
        let padded = Array("99,".utf8) + bytes + Array(",12345678901234567890".utf8)
        return padded.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            return body(base, FieldSpan(start: 3, end: 3 + bytes.count))
        }
    }

    private func decimal(_ text: String, places: Int) -> Int64 {
        decode(Array(text.utf8)) { bytes, span in
            DecimalText.powersOfTen.withUnsafeBufferPointer { powers in
                guard let powers = powers.baseAddress else { return 0 }
                return Decode.decimal(bytes, span, places: places, powers: powers)
            }
        }
    }

    @Test(arguments: [
        ("", 2, Int64.blank), ("0", 2, 0), ("-0", 2, 0), ("-0.00", 2, 0), ("1", 2, 100), ("-1.5", 2, -150),
        ("123456.78", 2, 12_345_678), ("007.10", 2, 710), ("12345678.91", 2, 1_234_567_891),
        ("123456789.12", 2, 12_345_678_912), ("9999999999999.99", 2, 999_999_999_999_999),
        ("10000000000000.00", 2, Flaw.tooLong.cell), ("10000000000000", 2, Flaw.tooLong.cell),
        ("999999999999999", 0, 999_999_999_999_999), ("1000000000000000", 0, Flaw.tooLong.cell),
        ("00000000000000000000001.50", 2, 150), ("123456789012345678901234567890", 0, Flaw.tooLong.cell),
        ("1.234", 2, Flaw.tooManyPlaces.cell), ("1.500", 2, Flaw.tooManyPlaces.cell),
        ("1.5", 0, Flaw.tooManyPlaces.cell), ("-00000000000000000000.123", 2, Flaw.tooManyPlaces.cell),
        (" 1", 2, Flaw.malformed.cell), ("1 ", 2, Flaw.malformed.cell), ("+1", 2, Flaw.malformed.cell),
        ("-", 2, Flaw.malformed.cell), ("--1", 2, Flaw.malformed.cell), (".5", 2, Flaw.malformed.cell),
        ("5.", 2, Flaw.malformed.cell), (".", 2, Flaw.malformed.cell), ("1.2.3", 2, Flaw.malformed.cell),
        ("1e5", 2, Flaw.malformed.cell), ("9.13308E+17", 2, Flaw.malformed.cell),
        ("1,234.00", 2, Flaw.malformed.cell), ("１２", 2, Flaw.malformed.cell),
        ("12\0", 2, Flaw.malformed.cell),
        ("1234567:", 0, Flaw.malformed.cell), ("/1234567", 0, Flaw.malformed.cell),
        ("1.-2", 2, Flaw.malformed.cell),
        ("NaN", 2, Flaw.malformed.cell), ("0x10", 2, Flaw.malformed.cell),
        ("1234567890123456789.1.1", 2, Flaw.malformed.cell),
    ]) func decimals(_ text: String, _ places: Int, _ expected: Int64) {
        #expect(decimal(text, places: places) == expected)
    }

    @Test func decimalsAgainstAReference() {
        var random = SeededGenerator(11)
        let alphabet = Array("00123456789.-5 e".utf8)
        for _ in 0..<60_000 {
            let length = Int.random(in: 0...20, using: &random)
            let wild = Int.random(in: 0..<4, using: &random) == 0
            let bytes = (0..<length).map { _ in
                alphabet[Int.random(in: 0..<(wild ? alphabet.count : 12), using: &random)]
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let places = Int.random(in: 0...4, using: &random)
            let value = decimal(text, places: places)
            let reference = DecimalText.parse(text).flatMap { parsed in
                parsed.places > places
                    ? nil : parsed.digits * Int128(DecimalText.powersOfTen[places - parsed.places])
            }
            if let reference, reference.magnitude < 1_000_000_000_000_000 {
                #expect(Int128(value) == reference, "\(text) with \(places)")
            } else {
                #expect(value.isMissing, "\(text) with \(places)")
            }
        }
    }

    @Test(arguments: [
        ("2021-03", Int64(2021 * 12 + 2)), ("2021-12", 2021 * 12 + 11), ("", .blank),
        ("2021-00", Flaw.malformed.cell),
        ("2021-13", Flaw.malformed.cell), ("2021-3", Flaw.malformed.cell), ("2021/03", Flaw.malformed.cell),
        ("202103", Flaw.malformed.cell), ("1799-01", Flaw.malformed.cell), ("2021-1a", Flaw.malformed.cell),
    ]) func months(_ text: String, _ expected: Int64) {
        #expect(decode(Array(text.utf8), Decode.month) == expected)
    }

    @Test(arguments: [
        ("2022-05-31", Int64(19_143)), ("1970-01-01", 0), ("2020-02-29", 18_321), ("", .blank),
        ("2021-02-29", Flaw.malformed.cell), ("2021-04-31", Flaw.malformed.cell),
        ("2021-2-3", Flaw.malformed.cell),
        ("2021-00-10", Flaw.malformed.cell), ("20210203", Flaw.malformed.cell),
        ("2021-02-03 ", Flaw.malformed.cell),
        ("9999-01-01", Flaw.malformed.cell), ("-021-01-01", Flaw.malformed.cell),
    ]) func dates(_ text: String, _ expected: Int64) {
        #expect(decode(Array(text.utf8), Decode.date) == expected)
    }

    @Test(arguments: [
        ("2021", Int64(2021)), ("", .blank), ("21", Flaw.malformed.cell), ("02021", Flaw.malformed.cell),
        ("2200", Flaw.malformed.cell), ("２021", Flaw.malformed.cell),
    ]) func years(_ text: String, _ expected: Int64) {
        #expect(decode(Array(text.utf8), Decode.year) == expected)
    }

    @Test func codesSayWhatCreditCodeSays() {
        var random = SeededGenerator(5)
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXYIOSVZ a".utf8)
        for _ in 0..<5000 {
            var code = Array(Texts.code(Int.random(in: 0..<900_000, using: &random)).utf8)
            if Bool.random(using: &random) {
                code[Int.random(in: 0..<18, using: &random)] =
                    alphabet[Int.random(in: 0..<38, using: &random)]
            }
            #expect((decode(code, Decode.creditCode) == 0) == CreditCode.isValid(code))
            guard CreditCode.isValid(code) else { continue }
            let isSound = decode(code) { Decode.hasValidOrganisation($0, $1) ? 1 : 0 } == 1
            #expect(isSound == CreditCode.hasValidOrganisationCode(code))
        }
        for text in [
            "", "9133", "91330784000000019", "91330784000000019T1", "9.13307840000E+17 ",
            "913307840000000190",
        ] {
            let cell = decode(Array(text.utf8), Decode.creditCode)
            #expect(text.isEmpty ? cell == .blank : Flaw.isFlaw(cell), "\(text)")
        }
        for text in ["91330784000000019T", "91330784MA0000015H", "913307841234567885"] {
            #expect(decode(Array(text.utf8), Decode.creditCode) == 0)
        }
    }

    @Test func textsAreUTF8ExactlyWhenSwiftSaysSo() {
        let pieces: [[UInt8]] = [
            Array("永康".utf8), Array("a".utf8), Array("😀".utf8), Array("é".utf8), [0x80], [0xc3],
            [0xe6, 0xb0],
            [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff], [0xf0, 0x9f, 0x98],
            [0xe0, 0x80, 0x80],
            [0x7f], Array("12345678".utf8),
        ]
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    let bytes = a + b + c
                    let isValid = String(validating: bytes, as: UTF8.self) != nil
                    let cell = decode(bytes, Decode.text)
                    #expect(cell == (isValid ? 0 : Flaw.invalidUTF8.cell), "\(bytes)")
                }
            }
        }
        #expect(decode(Array("abcdefghi\0".utf8), Decode.text) == Flaw.nulByte.cell)
        #expect(decode(Array("永\0康".utf8), Decode.text) == Flaw.nulByte.cell)
        #expect(decode([], Decode.text) == .blank)
    }

    @Test func cellsAreCodedAsInEvaluation() {
        #expect(Int64.noRow == Missing.noRow.cell && Int64.blank == Missing.blank.cell)
        #expect(Int64.refusedRow == Missing.refusedRow.cell && Int64.limit == Cell.limit)
        for cell in [Int64.min, Int64.min + 15, Int64.min + 16, 0] {
            #expect(cell.isMissing == Cell.isMissing(cell))
        }
        for flaw in Flaw.allCases { #expect(Flaw(cell: flaw.cell) == flaw && flaw.cell.isMissing) }
        for cause in Missing.allCases { #expect(!Flaw.isFlaw(cause.cell)) }
    }
}
