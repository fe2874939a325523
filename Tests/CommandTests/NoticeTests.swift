import Foundation
import Testing

/// `mujun notice`: what goes out of the house.
@Suite struct NoticeTests {
    private let county: County

    init() throws {
        county = try County(firms: 300)
        #expect(try county.run().exitCode == 0)
    }

    private func publish() throws {
        let outcome = try county.mujun(
            "publish", "1", "--stage", "notice", "--document", "亩均办<3>号", "--date", "2022-06-01", "--until",
            "2022-06-08")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
    }

    private func notice(_ name: String, _ more: String...) throws -> String {
        let folder = county.folder + "/" + name
        let outcome = try Executable.run(
            ["notice", "--workspace", county.folder, "latest", "--output", folder] + more)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return folder
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private static let files = [
        "公告.html", "公告.txt", "名单-规上.csv", "名单-规下.csv", "异议申请表.html", "异议申请表.xlsx", "摘要.txt", "计算说明.html",
    ]

    @Test func whatIsPublished() throws {
        try publish()
        try county.edit(county.folder + "/mujun.yaml") {
            $0 + "notice: {office: 永康市经信局, contact: \"城塘路1号 <script>0579&\"}\n"
        }
        let folder = try notice("out")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == Self.files.sorted())
        try Data("old".utf8).write(to: URL(filePath: folder + "/名单-旧.csv"))
        let used = try county.mujun("notice", "notice", "--output", folder)
        #expect(used.exitCode == 0 && used.errors.contains("in no digest of it: 名单-旧.csv"))
        try FileManager.default.removeItem(atPath: folder + "/名单-旧.csv")
        let digest = try county.sql("SELECT result_digest FROM run")
        let entry = try county.sql("SELECT digest FROM publication")
        let (plain, page) = (try text(folder + "/公告.txt"), try text(folder + "/公告.html"))
        for part in [
            "永康市工业企业亩产效益综合评价结果公示（2021年度数据）", "2022年6月1日起至2022年6月8日止", "受理单位：永康市经信局", digest, entry,
            "名录内企业共300户",
            try county.sql("SELECT '规上：共' || count(*) || '户' FROM ranking WHERE cohort = 'above'"),
        ] {
            #expect(plain.contains(part), "\(part)")
            #expect(page.contains(part), "\(part)")
        }
        #expect(plain.contains("文号：亩均办<3>号") && plain.contains("联系方式：城塘路1号 <script>0579&"))
        #expect(page.contains("文号：亩均办&lt;3&gt;号") && page.contains("城塘路1号 &lt;script&gt;0579&amp;"))
        #expect(
            !page.contains("<script") && !page.contains("<3>") && !plain.contains("草稿")
                && !page.contains("草稿"))
        // Each list holds every firm of its cohort, by tier and code: the order of ranking is not public.
        for (cohort, label) in [("above", "规上"), ("below", "规下")] {
            let listed = try text(folder + "/名单-\(label).csv").split(separator: "\r\n").dropFirst().map {
                row in
                let cells = row.split(separator: ",", omittingEmptySubsequences: false)
                return "\(cells[4])|\(cells[1].dropLast())"
            }
            #expect(
                listed.joined(separator: "\n")
                    == (try county.sql(
                        "SELECT tier, code FROM ranking WHERE cohort = '\(cohort)' ORDER BY tier, code")))
            for line in listed { #expect(page.contains("<td>\(line.dropFirst(2))</td>")) }
        }
        let sheet = try text(folder + "/计算说明.html")
        for part in ["权重 30 × 亩均税收 ÷ 基准值 30", "亩均税收均值（按五金行业组）", "不高于 C", "评价组：规上"] {
            #expect(sheet.contains(part), "\(part)")
        }
        // The digests are what a stranger computes.
        let summary = try text(folder + "/摘要.txt")
        #expect(summary.contains("结果摘要（SHA-256）：\(digest)") && summary.contains(entry))
        let sums = try Executable.shell(
            "cd '\(folder)' && grep -E '^[0-9a-f]{64}  ' 摘要.txt | sha256sum --check --strict")
        #expect(sums.exitCode == 0 && sums.output.split(separator: "\n").count == Self.files.count - 1)
        // The same run gives the same bytes.
        Thread.sleep(forTimeInterval: 1.1)
        let again = try notice("again")
        #expect(try Executable.shell("diff -r '\(folder)' '\(again)'").exitCode == 0)
    }

    /// Tax, land, revenue, value added and totals of the firms stand in no file.
    @Test func nothingIsAboveThePublic() throws {
        let folder = try notice("out")
        var figures: Set<String> = []
        let columns = try county.sql(
            "SELECT name FROM pragma_table_info('firm_values_2021') WHERE name GLOB '*（万元）' OR name GLOB '*（亩）' OR name GLOB '*（万元/亩）'"
        ).split(separator: "\n")
        #expect(columns.count >= 6)
        for column in columns {
            let values = try county.sql(
                "SELECT DISTINCT \"\(column)\" FROM firm_values_2021 WHERE \"\(column)\" <> round(\"\(column)\", 1)"
            )
            figures.formUnion(values.split(separator: "\n").map(String.init))
        }
        figures.formUnion(
            try county.sql("SELECT DISTINCT total FROM ranking WHERE total <> round(total, 1)").split(
                separator: "\n"
            )
            .map(String.init))
        #expect(figures.count > 1000)
        for file in Self.files where !file.hasSuffix("xlsx") {
            let text = try text(folder + "/" + file)
            let numbers = Set(text.matches(of: /-?[0-9]+\.[0-9]{2,}/).map { String($0.output) })
            #expect(numbers.isDisjoint(with: figures), "\(file): \(numbers.intersection(figures))")
            for word in ["总分,", "名次", "行业代码,"] { #expect(!text.contains(word), "\(file): \(word)") }
        }
    }

    @Test func aDraftSaysSoEverywhere() throws {
        let outcome = try county.mujun("notice", "latest", "--output", county.folder + "/out")
        #expect(
            outcome.errors.contains("is a draft: every file says 草稿")
                && outcome.errors.contains("notice: {office"))
        for file in Self.files {
            let path = county.folder + "/out/" + file
            if file.hasSuffix("xlsx") {
                #expect(try Workbook.read(path).sheets[0].rows[0][0].contains("草稿"))
            } else {
                #expect(try text(path).contains("草稿"), "\(file)")
            }
        }
        for line in try text(county.folder + "/out/名单-规下.csv").split(separator: "\r\n").dropFirst() {
            #expect(line.contains(",草稿,"))
        }
        try publish()
        #expect(
            try county.mujun(
                "withdraw", "2021", "--document", "亩均办4号", "--reason", "有误", "--date", "2022-06-02"
            ).exitCode == 0)
        #expect(try text(notice("withdrawn") + "/公告.html").contains("【已撤回：亩均办4号，不得使用】"))
    }

    @Test func correctionsAndTheFinalList() throws {
        try publish()
        let corrected = try county.mujun(
            "publish", "1", "--stage", "notice", "--document", "亩均办5号", "--date", "2022-06-02", "--until",
            "2022-06-09",
            "--reason", "更正公示期")
        #expect(corrected.exitCode == 0, "\(corrected.errors)")
        let second = try text(notice("second") + "/公告.txt")
        #expect(
            second.contains("更正说明：更正公示期") && second.contains("（公示 第2版）") && second.contains("至2022年6月9日止"))
        let final = try county.mujun(
            "publish", "1", "--stage", "final", "--document", "政发12号", "--date", "2022-06-20")
        #expect(final.exitCode == 0, "\(final.errors)")
        let last = try text(notice("final") + "/公告.txt")
        #expect(last.contains("综合评价结果公布（") && last.contains("文号：政发12号") && last.contains("三、结果的校验"))
        #expect(!last.contains("公示期") && !last.contains("异议的提出") && !last.contains("更正说明"))
    }

    /// The empty form is a delivery of the feed, but for what the firm has to fill in.
    @Test func theFormIsTheFeed() throws {
        let folder = try notice("out")
        let sheet = try #require(Workbook.read(folder + "/异议申请表.xlsx").sheets.first)
        let contract = try text(repository.appendingPathComponent("Schemas/feeds/objection.schema.json").path)
        let headers = contract.matches(of: /\{"name": "([^"]+)", "type"/).map { String($0.output.1) }
        #expect(sheet.rows[1] == headers && sheet.frozen == "A3" && sheet.formulas == 0)
        let page = try text(folder + "/异议申请表.html")
        for header in headers { #expect(page.contains(">\(header)</th>")) }
        let made = try Executable.shell(
            """
            mkdir '\(county.inbox)/objection' && cd '\(county.inbox)/objection' && cp '\(folder)/异议申请表.xlsx' a.xlsx &&
            cat > datapackage.json <<END
            {"name": "objection", "created": "2022-06-10T08:00:00+08:00",
             "mujun": {"feed": "objection", "period": {"from": "2021-01", "to": "2021-12"}},
             "resources": [{"path": "a.xlsx", "bytes": $(stat -c %s a.xlsx), "mujun": {"sheet": "异议"},
              "hash": "sha256:$(sha256sum a.xlsx | cut -c1-64)"}]}
            END
            """)
        #expect(made.exitCode == 0, "\(made.errors)")
        let run = try county.run()
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(
            try county.sql(
                "SELECT DISTINCT code FROM finding WHERE feed = 'objection' AND severity = 'refusal'")
                == "field_blank")
    }

    @Test func theWordingIsTheOffices() throws {
        let shipped = try Executable.run("notice", "latest", "--show-template")
        #expect(shipped.exitCode == 0 && shipped.output.contains("{{county}}"))
        let file = county.folder + "/own.mustache"
        try Data(
            "# {{county}}通告\r\n\r\n共{{firms}}户 & <b>\n{{#cohorts}}\n{{label}}{{firms}}\n{{/cohorts}}\n".utf8
        )
        .write(to: URL(fileURLWithPath: file))
        try county.edit(county.folder + "/mujun.yaml") { $0 + "notice: {template: own.mustache}\n" }
        let folder = try notice("out")
        #expect(try text(folder + "/公告.txt").contains("永康市通告\n\n共300户 & <b>\n规上"))
        #expect(try text(folder + "/公告.html").contains("<h1>永康市通告</h1>\n<p>共300户 &amp; &lt;b&gt;</p>"))
        for (wording, sentence) in [
            ("甲\n{{countie}}", "own.mustache:2: a notice has no `countie`. It has as_of, basis"),
            ("{{#basis}}", "the section {{#basis}} is never closed"), ("{{/basis}}", "closes nothing"),
            ("{{county", "`{{` without `}}`"), ("{{> other}}", "a notice has no `> other`"),
            ("{{=<% %>=}}", "a notice has no"),
            (String(repeating: "{{#basis}}", count: 4), "deeper than 3"),
        ] {
            try Data(wording.utf8).write(to: URL(fileURLWithPath: file))
            let outcome = try county.mujun("notice", "latest", "--output", county.folder + "/none")
            #expect(
                outcome.exitCode == 65 && outcome.errors.contains(sentence), "\(wording): \(outcome.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: county.folder + "/none"))
        let missing = try county.mujun(
            "notice", "latest", "--output", county.folder + "/none", "--template", "/no/such")
        #expect(missing.exitCode == 74 && missing.errors.contains("/no/such"))
        #expect(try county.mujun("notice", "latest").exitCode == 64)
        #expect(try county.mujun("notice", "9", "--output", county.folder + "/none").exitCode == 64)
        try county.edit(county.folder + "/mujun.yaml") { $0.replacing("{template:", with: "{wording:") }
        let key = try county.mujun("notice", "latest", "--output", county.folder + "/none")
        #expect(key.exitCode == 65 && key.errors.contains("the key `wording` of `notice` is not known"))
    }
}
