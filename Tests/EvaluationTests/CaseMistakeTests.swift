import Intake
import Testing

@testable import Evaluation

/// What a person reads who has made a mistake in a cases file: what the carets stand under, and the sentence.
@Suite struct CaseMistakeTests {
    private func complaints(_ file: String) throws -> [String] {
        let lines = file.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
        let reader = CaseReader(try MethodFile.parse(file), graph: try Shipped.graph("yongkang-2021"))
        return reader.problems.map { problem in
            let marked = lines[problem.place.line - 1].dropFirst(problem.place.column - 1).prefix(
                problem.length)
            return "\(String(marked)) | \(problem.message)"
        }
    }

    /// Each line stands under a firm that expects its total.
    @Test(arguments: [
        (
            "given: {税受: 300}",
            "税受 | the method has no measure or indicator ‘税受’; did you mean ‘税收’?"
        ),
        (
            "given: {land: 10 万元}",
            "10 万元 | ‘land’ is in 亩, which does not convert from 万元"
        ),
        (
            "land: {area: 20 亩}",
            "20 亩 | ‘area’ has 2 decimals in m², so it can never be 20 亩; write ‘13333.33 m²’, the nearest that it can be"
        ),
        (
            "荣誉资质: [{称号: 高新技术企业}, {称号: 高新技术企业, 级别: 国家级}]",
            "{ | rows 1 and 2 of ‘荣誉资质’ have one key (称号, 授予日期) and differ, so that both would be refused; give ‘授予日期’"
        ),
        ("given: {energy: 5 吨煤}", "吨煤 | ‘吨煤’ is no unit; did you mean ‘吨’?"),
        (
            "given: {tax_per_mu: 3.1234567}",
            "3.1234567 | ‘tax_per_mu’ has 6 decimals in 万元/亩, so it can never be 3.1234567; write it with at most so many"
        ),
        (
            "given: {tax: 1234567890123}",
            "1234567890123 | 1234567890123 has more than 15 digits with the decimals of ‘tax’"
        ),
        (
            "given: {staff: 三}",
            "三 | ‘三’ is no number; write digits such as 300 or 98.7094, without separators, or ‘missing’"
        ),
        (
            "given: {revenue: 1,000}",
            "000 | between { } a comma ends a value; write numbers without separators, such as 1000"
        ),
        (
            "given: {总分: 3}",
            "总分 | only measures and indicators can be given; ‘总分’ is neither: write it under ‘expect’"
        ),
        (
            "given: {tax_vat_net: 3}",
            "tax_vat_net | only measures and indicators can be given; ‘tax_vat_net’ is neither: write it as a row of its feed"
        ),
        ("given: {tax: 3, 税收: 3}", "税收 | ‘税收’ is given already; delete one"),
        ("given: 3", "given | ‘一.firms.甲.given’ must be followed by ‘key: value’ lines"),
        ("税受: [{vat_net: 3}]", "税受 | ‘一.firms.甲’ has no key ‘税受’; did you mean ‘税收’?"),
        (
            "税收: 300 万元",
            "300 万元 | rows of ‘税收’ are written with their fields, such as {vat_net: …}; to give the value itself, write ‘税收’ under ‘given’"
        ),
        ("tax: {vat: 3}", "vat | ‘税收’ has no field ‘vat’"),
        ("tax: {vat_nett: 3}", "vat_nett | ‘税收’ has no field ‘vat_nett’; did you mean ‘vat_net’?"),
        ("tax: {month: 2021-13}", "2021-13 | ‘2021-13’ is no month; write it like 2021-03"),
        ("tax: {vat_net: 3, 增值税净入库: 3}", "增值税净入库 | ‘增值税净入库’ is said already; delete one"),
        ("用地: {用途: 农业}", "农业 | ‘用途’ is never ‘农业’; did you mean ‘工业’?"),
        ("用地: {area: -1}", "-1 | the contract allows ‘用地面积’ from 0 to 100000000 m²"),
        ("用地: {supplied: 2021-13-01}", "2021-13-01 | ‘2021-13-01’ is no day; write it like 2021-03-31"),
        ("用地: {code: 甲}", "code | the firm itself is known; delete ‘code’"),
        ("承租: {lessor: 丙}", "丙 | the case has no firm ‘丙’; it has 甲"),
        ("上年结果: {tier: D}", "上年结果 | the row lacks ‘year’ (年度)"),
        ("上年结果: {year: 21, tier: D}", "21 | ‘21’ is no year; write it like 2021"),
        ("荣誉资质: [{level: 国家级}]", "荣誉资质 | the row lacks ‘title’ (称号)"),
        (
            "否决事项: 安全事顾",
            "安全事顾 | ‘事项’ is never ‘安全事顾’; did you mean ‘安全事故’?"
        ),
        ("税收: {所属月份: '', 增值税净入库: 1}", "' | ‘所属月份’ is required; a row without it is refused: write ‘refused’"),
        ("用地: {用地面积: ''}", "' | ‘用地面积’ is required; a row without it is refused: write ‘refused’"),
        ("企业名录: {登记状态: ''}", "' | ‘登记状态’ is required; a row without it is refused, and the firm with it"),
        (
            "用电: [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {用电月份: 2021-01}, {}, {}]",
            "{ | all twelve months of 2021 are taken by other rows of ‘用电’; state the row's month, or put it into another row"
        ),
    ])
    func mistakeOfAFirm(_ line: String, _ complaint: String) throws {
        let file =
            "mujun: cases/1\ncases:\n  一:\n    firms:\n      甲:\n        \(line)\n        expect: {总分: 1}\n"
        let found = try complaints(file)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(complaint) == true, "\(found)")
    }

    @Test(arguments: [
        ("tire: A", "tire | the method has no value ‘tire’; did you mean ‘tier’?"),
        ("档次: E", "E | ‘档次’ is never ‘E’; it is one of A, B, C, D"),
        ("评价组: abov", "abov | ‘评价组’ is never ‘abov’; did you mean ‘above’?"),
        (
            "总分: 98.70941",
            "98.70941 | ‘total’ has 4 decimals, so it can never be 98.70941; write it with at most so many"
        ),
        ("排名: 1.5", "1.5 | ‘rank’ has 0 decimals, so it can never be 1.5; write it with at most so many"),
        ("has_event_for_accident: 有", "有 | ‘有’ must be yes (是) or no (否)"),
        ("registry_founded: 去年", "去年 | ‘去年’ is no day; write it like 2021-03-31"),
        ("registry_scale: 规中", "规中 | ‘企业名录：规模’ is never ‘规中’; did you mean ‘规上’?"),
        ("decisions: [acident]", "acident | there is no decision ‘acident’; did you mean ‘accident’?"),
        (
            "decisions: {accident: {overruled: perhaps}}",
            "perhaps | ‘overruled’ must be yes or no"
        ),
        (
            "lists: {nolist: yes}",
            "nolist | there is no list ‘nolist’; there are rectification, elimination_candidate"
        ),
        (
            "lists: {elimination_candidate: [tier_e]}",
            "tier_e | there is no ground ‘tier_e’; did you mean ‘tier_d’?"
        ),
    ])
    func mistakeOfAnExpectation(_ line: String, _ complaint: String) throws {
        let file = "mujun: cases/1\ncases:\n  一:\n    firms:\n      甲:\n        expect: {\(line)}\n"
        #expect(try complaints(file) == [complaint])
    }

    @Test(arguments: [
        ("cases: {一: {firms: {甲: {expect: {总分: 1}}}}}", "‘cases file’ lacks ‘mujun’"),
        ("mujun: method/1\ncases: {一: {firms: {甲: {expect: {总分: 1}}}}}", "reads ‘cases/1’, not ‘method/1’"),
        ("mujun: cases/1", "the file lacks ‘cases’"),
        ("mujun: cases/1\ncases: {}", "‘cases’ is empty"),
        ("mujun: cases/1\ncases: {一: {}}", "the case lacks ‘firms’"),
        ("mujun: cases/1\ncases: {一: {firms: {}}}", "‘一.firms’ is empty"),
        ("mujun: cases/1\ncases: {一: {firms: {甲: {given: {land: 1}}}}}", "the case expects nothing"),
        ("mujun: cases/1\nnote: x\ncases: {一: {firms: {甲: {expect: {总分: 1}}}}}", "has no key ‘note’"),
        ("- 1", "‘cases file’ must be followed by"),
    ])
    func mistakeOfTheFile(_ file: String, _ complaint: String) throws {
        let found = try complaints(file + "\n")
        #expect(found.contains { $0.contains(complaint) }, "\(found)")
    }

    @Test func allMistakesComeAtOnceInTheOrderOfTheFile() throws {
        let found = try complaints(
            """
            mujun: cases/1
            cases:
              一:
                firms:
                  甲: {given: {land: x, tax: y}, 用地: {use: z}, expect: {tier: E}}
                  乙: {expect: {tier: F}}
              二: {}

            """)
        #expect(found.map { String($0.prefix { $0 != " " }) } == ["x", "y", "z", "E", "F", "二"])
    }
}
