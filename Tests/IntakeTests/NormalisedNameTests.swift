import Testing

@testable import Intake

@Suite struct NormalisedNameTests {
    /// Pairs of names that are one name, however they were typed.
    @Test(arguments: [
        ("永康市某某（浙江）五金有限公司", "永康市某某(浙江)五金有限公司"),
        ("永康市 某某\u{3000}五金\t有限公司", "永康市某某五金有限公司"),
        (" 永康市某某五金有限公司\u{a0}", "永康市某某五金有限公司"),
        ("永康ＡＢＣ１２工具厂", "永康abc12工具厂"),
        ("永康市〔城西〕工具厂", "永康市【城西】工具厂"),
        ("永康阿尔·法五金厂", "永康阿尔•法五金厂"),
        ("\u{feff}永康市某某五金\u{200b}厂", "永康市某某五金厂"),
        ("永康Ａ－Ｂ＆Ｃ厂", "永康a-b&c厂"),
    ]) func namesThatAreOne(_ a: String, _ b: String) throws {
        #expect(try #require(NormalisedName(a)) == #require(NormalisedName(b)))
        #expect(NormalisedName(Array(a.utf8)) == NormalisedName(b))
    }

    @Test(arguments: [
        ("永康市某某五金有限公司", "永康市某某五金有限责任公司"), ("永康市某某五金厂", "永康某某五金厂"),
        ("永康市某某(一)厂", "永康市某某一厂"), ("永康A1厂", "永康A2厂"),
    ]) func namesThatDiffer(_ a: String, _ b: String) throws {
        #expect(try #require(NormalisedName(a)) != #require(NormalisedName(b)))
    }

    @Test func nothingIsNoName() {
        #expect(NormalisedName("") == nil && NormalisedName(" \u{3000}\t") == nil)
        #expect(NormalisedName([0xd3, 0xc0, 0xbf, 0xb5]) == nil)
    }
}
