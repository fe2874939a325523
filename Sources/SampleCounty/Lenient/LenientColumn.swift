import Evaluation

/// One column of a feed, and the other ways in which its contract lets it be written.
struct LenientColumn {
    private enum Kind {
        case code, name, certificate, word, month, year, date, other
        case decimal(places: Int)
    }

    private let clean: String
    private let kind: Kind
    /// Another unit and the power of ten by which it is larger.
    private let unit: (name: String, power: Int)?
    private let isOffice: Bool

    init(_ header: String, isOffice: Bool) {
        clean = header
        self.isOffice = isOffice
        (kind, unit) = LenientColumn.description(header)
    }

    private static let taxes: Set = [
        "增值税净入库", "免抵税额", "企业所得税", "房产税", "城镇土地使用税", "城市维护建设税", "教育费附加", "印花税", "环境保护税", "资源税", "先征后退",
        "即征即退", "留抵退税",
    ]
    private static let thousands: Set = ["工业总产值", "增加值", "主营业务收入", "利润总额", "研发费用"]
    private static let tonnes: Set = ["化学需氧量", "氨氮", "二氧化硫", "氮氧化物", "核定排污权"]

    private static func description(_ header: String) -> (Kind, (name: String, power: Int)?) {
        if taxes.contains(header) {
            // Small taxes stay in 元.
            let inTenThousands = ["增值税净入库", "免抵税额", "企业所得税", "留抵退税"].contains(header)
            return (.decimal(places: 2), inTenThousands ? ("万元", 4) : nil)
        }
        if thousands.contains(header) { return (.decimal(places: 0), ("万元", 1)) }
        if tonnes.contains(header) { return (.decimal(places: 4), ("kg", -3)) }
        switch header {
        case "用电量": return (.decimal(places: 0), ("万kWh", 4))
        case "综合能源消费量", "用地面积", "租赁面积", "容积率": return (.decimal(places: 2), nil)
        case "年平均职工人数", "排名": return (.decimal(places: 0), nil)
        case "总分", "亩均税收", "亩均增加值", "分值": return (.decimal(places: 4), nil)
        case "统一社会信用代码", "出租方代码", "承租方代码", "承继企业代码": return (.code, nil)
        case "企业名称", "企业类型": return (.name, nil)
        case "不动产权证号": return (.certificate, nil)
        case "登记状态", "镇街", "规模", "用途", "低效类型", "类型", "称号", "级别", "事项", "等级", "评价组": return (.word, nil)
        case "所属月份", "用电月份": return (.month, nil)
        case "年度": return (.year, nil)
        default: return (header.hasSuffix("日期") || header == "有效期至" ? .date : .other, nil)
        }
    }

    // MARK: Header

    func header(number: Int) -> String {
        if let unit { return number % 2 == 0 ? "\(clean)（\(unit.name)）" : " \(clean)(\(unit.name)) " }
        return switch number % 3 {
        case 0: clean
        case 1: clean.map(String.init).joined(separator: " ")
        default: "\(clean)\u{3000}"
        }
    }

    // MARK: Numbers

    /// The value times ten to the contract's decimals; `nil` for a blank and for what is no number.
    func scaled(_ text: String) -> Int64? {
        guard case .decimal(let places) = kind, let (digits, written) = DecimalText.parse(text),
            written <= places
        else {
            return nil
        }
        return Int64(digits) * DecimalText.powersOfTen[places - written]
    }

    /// A total in the unit of the column; empty for what has none.
    func total(_ sum: Int64) -> String {
        guard case .decimal(let places) = kind else { return "" }
        return LenientColumn.grouped(DecimalText.format(sum, decimals: places + (unit?.power ?? 0)))
    }

    // MARK: Fields

    /// The field in another form; `number` chooses which.
    func written(_ field: String, number: Int) -> String {
        guard !field.isEmpty else { return !isOffice && number % 4 == 0 ? "  " : "" }
        switch kind {
        case .decimal(let places):
            guard let value = scaled(field) else { return field }
            return decimal(DecimalText.format(value, decimals: places + (unit?.power ?? 0)), number: number)
        case .code: return isOffice ? field : code(field, number: number)
        case .name: return name(field.replacingBrackets("（", "(", "）", ")"), number: number)
        case .certificate: return name(field.replacingBrackets("(", "（", ")", "）"), number: number)
        case .word: return isOffice ? field : name(field, number: number)
        case .month: return month(field.split(separator: "-").map(String.init), number: number)
        case .year: return [field, "\(field)年", "\(field)年度", LenientColumn.wide(field)][number % 4]
        case .date: return date(field.split(separator: "-").map(String.init), number: number)
        case .other: return field
        }
    }

    private func decimal(_ text: String, number: Int) -> String {
        let isNegative = text.hasPrefix("-")
        if isOffice { return isNegative ? text : "+\(text)00" }
        switch number % 8 {
        case 0: return LenientColumn.grouped(text)
        case 1: return LenientColumn.wide(text)
        case 2: return text.contains(".") ? text + "00" : text + ".0"
        case 3: return isNegative ? text : "+" + text
        case 4: return " \(text)\u{3000}"
        case 5: return LenientColumn.wide(LenientColumn.grouped(text))
        default: return text
        }
    }

    private func code(_ text: String, number: Int) -> String {
        switch number % 5 {
        case 0: return LenientColumn.wide(text)
        case 1: return " \(text)\t"
        case 2: return "\(text.prefix(6)) \(text.dropFirst(6).prefix(8)) \(text.dropFirst(14))"
        default: return text
        }
    }

    private func name(_ text: String, number: Int) -> String {
        switch number % 4 {
        case 0: return text.map(String.init).joined(separator: " ")
        case 1: return "\u{3000}\(text) "
        case 2: return LenientColumn.wide(text)
        default: return text
        }
    }

    private func month(_ parts: [String], number: Int) -> String {
        guard parts.count == 2, let month = Int(parts[1]) else { return parts.joined() }
        return switch number % 6 {
        case 0: "\(parts[0])/\(month)"
        case 1: "\(parts[0])年\(month)月"
        case 2: parts[0] + parts[1]
        case 3: "\(parts[0])-\(month)"
        case 4: LenientColumn.wide("\(parts[0])-\(parts[1])")
        default: "\(parts[0]).\(parts[1])"
        }
    }

    private func date(_ parts: [String], number: Int) -> String {
        guard parts.count == 3, let month = Int(parts[1]), let day = Int(parts[2]) else {
            return parts.joined()
        }
        return switch number % 7 {
        case 0: "\(parts[0])/\(month)/\(day)"
        case 1: "\(parts[0])年\(month)月\(day)日"
        case 2: parts.joined()
        case 3: "\(parts[0]).\(month).\(day)"
        case 4: "\(parts[0])-\(month)-\(day)"
        case 5: "\(parts[0])/\(month)/\(day) 0:00"
        default: parts.joined(separator: "-")
        }
    }

    // MARK: Characters

    /// Digits, letters, `.`, `,`, `-` and `+` of full width.
    private static func wide(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar {
                    case "0"..."9", "A"..."Z", "a"..."z", ".", ",", "-", "+":
                        Unicode.Scalar(scalar.value + 0xfee0) ?? scalar
                    default: scalar
                    }
                }))
    }

    /// `-1234567.50` as `-1,234,567.50`.
    private static func grouped(_ text: String) -> String {
        let sign = text.hasPrefix("-") ? "-" : ""
        let parts = text.dropFirst(sign.count).split(separator: ".", omittingEmptySubsequences: false)
        var whole = ""
        for (index, digit) in parts[0].enumerated() {
            if index > 0, (parts[0].count - index) % 3 == 0 { whole += "," }
            whole.append(digit)
        }
        return sign + ([whole] + parts.dropFirst().map(String.init)).joined(separator: ".")
    }
}

extension String {
    fileprivate func replacingBrackets(
        _ open: Character, _ newOpen: Character, _ close: Character, _ newClose: Character
    ) -> String {
        String(map { $0 == open ? newOpen : $0 == close ? newClose : $0 })
    }
}
