import Evaluation
import Testing

@testable import Intake

@Suite struct MessageTests {
    /// One of each, in the order of the enumeration.
    static let all: [Message] = [
        .cellError("x"), .cellWithoutValue, .codeCheckCharacter("x"), .codeIsNumber("x"), .codeMalformed("x"),
        .codeOrganisation("x"), .columnDoubled("x"),
        .columnMissing("x"),
        .columnUnknown("x"), .columnsTooMany(limit: 1), .containerDiffers("x", found: ("x", "x")),
        .dateMalformed("x"), .decimalMalformed("x"),
        .decimalOutOfRange("x", lowest: "0", highest: "1"), .decimalTooLong("x"),
        .decimalTooManyPlaces("x", places: 2),
        .declarationsDiffer("x", winner: "y", ["z"]),
        .deliveryAfterAsOf(Texts.asOf, Texts.asOf), .deliveryIncomplete(.missing("x")),
        .deliveryLate("x", days: 1), .deliveryPartlySuperseded, .deliveryRepeated("x"), .deliverySuperseded,
        .deliveryWithoutManifest(folder: "x"), .encodingDiffers(found: "x", declared: "y"),
        .feedMissing("x", "y"), .fieldBlank,
        .fieldNotAllowed("x", allowed: ["y"]),
        .fileEmpty, .fileHasNoRows, .fileTooLarge, .firmLinked("x", way: .name, firm: "y"), .firmMissing,
        .firmUnknown("x"), .gzipCorrupt,
        .gzipTrailing,
        .gzipTruncated, .headerUnknown, .keyRepeated(["x"], count: 2), .lenientBlanks(count: 2),
        .lenientBrackets(count: 2),
        .lenientDates(count: 2), .lenientFullWidth(count: 2), .lenientHeaders(count: 2),
        .lenientPlus(count: 2),
        .lenientThousands(count: 2), .lenientTitleRows(count: 2), .lenientTotalRows(count: 2),
        .lenientTrailingZeros(count: 2), .lenientUnits(count: 2),
        .linkAmbiguous("x"), .linkContradictory("x", count: 2), .linkWithoutKey,
        .meterDivided("x", firms: 2, equally: true), .meterShared("x", firms: 2), .monthMalformed("x"),
        .monthMissing("x", "y"),
        .nulByte,
        .periodOutside("x", first: "a", last: "b"), .personalColumn("x"), .quoteStray, .quoteUnclosed,
        .ratioTooHigh(limit: 1), .rowTooLong,
        .rowWidth(expected: 3), .rowsDiffer(declared: 1, found: 2), .rowsFewer(1, before: 2, delivery: "x"),
        .sharesIncomplete("x", "y", sum: "1"), .sheetMissing("x"), .successorCycle("x"),
        .successorUnknown("x"), .textIsNumber("x"), .textNotGb18030, .textNotUtf8,
        .totalDiffers("x", declared: "1", found: "2"),
        .totalJumped(
            "x",
            TotalJump(
                now: "1", before: "2", delivery: "y", factor: 10_000, isLarger: true, unit: "元", other: "万元")),
        .totalRowDiffers("x", stated: "1", found: "2"),
        .totalUnknown("x"),
        .xlsxCorrupt, .xlsxTextsTooLarge(mebibytes: 1), .xlsxUnsafe, .yearMalformed("x"),
        .zipChecksum, .zipCorrupt, .zipEncrypted, .zipMemberDoubled("x"), .zipMemberMissing("x"),
        .zipMembersSeveral(["x"]), .zipMembersTooMany(limit: 1), .zipMethod, .zipPath("x"), .zipSizeDiffers,
        .zipTrailing, .zipTruncated,
    ]

    @Test func identifiersAreTheNamesOfTheCasesInOrder() {
        for message in Self.all {
            let name = Mirror(reflecting: message).children.first?.label ?? "\(message)"
            let snake = name.map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined()
            #expect(message.wording.code == snake)
        }
        #expect(Self.all.map(\.wording.code) == Self.all.map(\.wording.code).sorted())
        #expect(Set(Self.all.map(\.wording.code)).count == Self.all.count)
    }

    @Test func everySentenceIsInBothLanguagesAndEnds() {
        for wording in Self.all.map(\.wording) {
            #expect(wording.chinese.hasSuffix("。") && wording.english.hasSuffix("."), "\(wording.code)")
            #expect(wording.english.unicodeScalars.allSatisfy { $0.value < 128 }, "\(wording.code)")
        }
    }
}
