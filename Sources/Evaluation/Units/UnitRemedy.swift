extension Unit {
    /// What units are called that mujun spells otherwise.
    private static let otherNames = [
        "mu": "亩", "畝": "亩", "ha": "公顷", "㎡": "m²", "平米": "m²", "平方": "m²", "sqm": "m²", "立方": "m³",
        "㎥": "m³",
        "yuan": "元", "rmb": "元", "cny": "元", "块": "元", "圆": "元", "萬元": "万元", "万": "万元", "亿": "亿元", "億元": "亿元",
        "度": "kWh", "万度": "万kWh", "度电": "kWh", "公斤": "kg", "ton": "t", "吨标煤": "tce", "名": "人",
        "个月": "月", "year": "年", "years": "年", "month": "月", "months": "月", "percent": "%", "％": "%",
    ]

    /// What is meant by a word that is no unit: `; did you mean ‘亩’?`, or what else to do.
    static func remedy(for word: String, otherwise: @autoclosure () -> String) -> String {
        let parts = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let meant = parts.map { part in
            simpleSymbol(part) ?? otherNames[part.lowercased()] ?? Spelling.nearest(to: part, among: symbols)
        }
        guard !meant.contains(nil), parts.count <= 3 else { return "; " + otherwise() }
        return "; did you mean ‘\(meant.compactMap(\.self).joined(separator: "/"))’?"
    }

    private static func simpleSymbol(_ word: String) -> String? { symbols.first { $0 == word } }
}
