import Evaluation

/// What a dirty county holds: every kind of bad row once or twice, few enough for a run to complete.
///
/// Rows are planted so that none drags others along: broken registry rows are of firms that no other feed knows.
enum PlantingPlan {
    private static let code = "统一社会信用代码"

    /// Plantings by delivery, applied in order.
    static func plan(year: Int) -> [String: [Planting]] {
        let state = "\(year + 1)-03-31"
        return [
            "registry-\(state)": registry(),
            "tax-\(year)-03": tax(year),
            "tax-\(year)-06": repeated("增值税净入库", "77.77"),
            "tax-\(year)-12": [
                Planting(
                    row: 0, edit: .addColumn("办税人员", value: "某某"), column: "办税人员", kind: "personal_column",
                    planted: "个人信息列")
            ],
            "power-\(year)-05": power(),
            "statistics-\(year)": statistics(year),
            "land-\(state)": land(),
            "lease-\(state)": [
                set(1, "类型", "其它", "field_not_allowed", "不在允许值内", file: "-330784115.csv.gz"),
                set(2, "起租日期", "2020/01/01", "date_malformed", "日期写法不对", file: "-330784115.csv.gz"),
            ],
            "emission-\(year)": [set(2, "化学需氧量", "-0.5", "decimal_out_of_range", "超出范围")],
            "event-\(year)": [
                set(1, "等级", "严重", "field_not_allowed", "不在允许值内"),
                set(3, "发生日期", "", "field_blank", "必填为空"),
                set(5, code, unknownCode(71), "firm_unknown", "名录中没有的企业"),
            ],
            "title-\(year)": [set(2, "授予日期", "\(year)-02-30", "date_malformed", "没有这一天")],
            "previous-\(year - 1)": [
                set(3, "排名", "0", "decimal_out_of_range", "超出范围"),
                set(6, "总分", "１２", "decimal_malformed", "全角数字"),
            ],
        ]
    }

    private static func registry() -> [Planting] {
        [
            insert(10, [(code, wrongCheckCharacter())], code, "code_check_character", "校验位不符"),
            insert(20, [(code, wrongOrganisationCheck())], code, "code_organisation", "组织机构代码校验不符"),
            insert(30, [(code, "9.13308E+17")], code, "code_is_number", "科学计数法"),
            insert(40, [(code, unknownCode(1)), ("企业名称", "")], "企业名称", "field_blank", "必填为空"),
            insert(50, [(code, unknownCode(2)), ("成立日期", "2020-13-01")], "成立日期", "date_malformed", "没有这一天"),
            insert(60, [(code, unknownCode(3)), ("登记状态", "存续")], "登记状态", "field_not_allowed", "不在允许值内"),
            insert(70, [(code, unknownCode(4)), ("企业名称", "\"永康市某某\n五金有限公司\"")], "企业名称", "", "引号内换行（合法）"),
            Planting(row: 80, edit: .endWithCRLF, column: "", kind: "", planted: "CRLF换行（合法）"),
        ]
    }

    private static func tax(_ year: Int) -> [Planting] {
        let vat = "增值税净入库"
        return [
            set(5, vat, "\"1,234.56\"", "decimal_malformed", "千分位"),
            set(10, vat, "12.345", "decimal_too_many_places", "小数位过多"),
            set(15, vat, "12345678901234567.00", "decimal_too_long", "位数过多"),
            set(20, vat, "不详", "decimal_malformed", "不是数值"),
            set(25, "免抵税额", "", "field_blank", "必填为空"),
            set(30, vat, "200000000000", "decimal_out_of_range", "超出范围"),
            set(35, "所属月份", "\(year)-13", "month_malformed", "没有这个月份"),
            set(40, "所属月份", "\(year)-04", "period_outside", "不在所属期内"),
            insert(45, [(code, unknownCode(9))], code, "firm_unknown", "名录中没有的企业"),
            set(50, code, "9.13308E+17", "code_is_number", "科学计数法"),
            Planting(row: 55, edit: .dropLastField, column: "", kind: "row_width", planted: "少一列"),
            Planting(
                row: 60, edit: .set(column: vat, Array("12\"34".utf8)), column: "", kind: "quote_stray",
                planted: "引号位置不当"),
            set(65, vat, "1.2E+5", "decimal_malformed", "科学计数法"),
        ]
    }

    /// A row that stands twice, and two rows that contradict each other.
    private static func repeated(_ column: String, _ text: String) -> [Planting] {
        [
            insert(10, [], "", "", "重复行（合法，只计一次）"),
            Planting(
                row: 30, edit: .contradict(column: column, text), column: "", kind: "key_repeated",
                planted: "同一主键内容不同"),
        ]
    }

    private static func power() -> [Planting] {
        [
            Planting(
                row: 5, edit: .set(column: "户名", [0xE6, 0xB0, 0xFF, 0x41]), column: "户名",
                kind: "text_not_utf8",
                planted: "不是UTF-8"),
            set(10, "户号", "", "field_blank", "必填为空"),
            set(15, "用电量", "-20", "decimal_out_of_range", "超出范围"),
            set(20, "用电量", "1234.5", "decimal_too_many_places", "小数位过多"),
            set(25, code, "91330784ma2abcde12", "code_malformed", "小写字母"),
        ]
    }

    private static func statistics(_ year: Int) -> [Planting] {
        [
            set(2, "年度", "21", "year_malformed", "年度写法不对"),
            set(4, "年度", "\(year - 1)", "period_outside", "不在所属期内"),
            set(6, "年平均职工人数", "-3", "decimal_out_of_range", "超出范围"),
        ]
    }

    private static func land() -> [Planting] {
        [
            set(3, "用地面积", "1000.123", "decimal_too_many_places", "小数位过多"),
            set(6, "用途", "住宅", "field_not_allowed", "不在允许值内"),
            set(9, "容积率", "25", "decimal_out_of_range", "超出范围"),
            Planting(
                row: 12, edit: .contradict(column: "用地面积", "1.00"), column: "", kind: "key_repeated",
                planted: "同一主键内容不同"),
        ]
    }

    private static func set(
        _ row: Int, _ column: String, _ text: String, _ kind: String, _ planted: String, file: String = ""
    ) -> Planting {
        Planting(
            file: file, row: row, edit: .set(column: column, Array(text.utf8)), column: column, kind: kind,
            planted: planted)
    }

    private static func insert(
        _ row: Int, _ changes: [(column: String, text: String)], _ column: String, _ kind: String,
        _ planted: String
    ) -> Planting {
        Planting(row: row, edit: .insert(changes), column: column, kind: kind, planted: planted)
    }

    // MARK: Codes

    /// A valid code of another county, which the registry does not hold.
    private static func unknownCode(_ number: Int) -> String {
        String(decoding: foreign(number), as: UTF8.self)
    }

    private static func foreign(_ number: Int) -> [UInt8] {
        FirmCodes.code(Array("91330782".utf8), hasLetters: true, number: number)
    }

    private static func wrongCheckCharacter() -> String {
        var code = foreign(101)
        code[17] = code[17] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
        return String(decoding: code, as: UTF8.self)
    }

    /// The last check character is right for the seventeen others, the one of the organisation code is not.
    private static func wrongOrganisationCheck() -> String {
        var code = Array(foreign(102).prefix(17))
        code[16] = code[16] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
        code.append(CreditCode.checkCharacter(code) ?? UInt8(ascii: "0"))
        return String(decoding: code, as: UTF8.self)
    }
}
