/// Invented names. Three characters that no real firm is likely to bear together, and what the firm makes.
struct FirmNames {
    private let offset: Int

    init(seed: UInt64) {
        var draw = Draw(seed, .name)
        offset = draw.below(1_000_000)
    }

    private static let characters: [[UInt8]] = [
        "云", "砚", "禾", "澜", "岫", "棠", "霁", "苇", "舟", "峦", "汐", "榆", "钧", "砾", "萤", "漪", "槿", "岚", "筠", "溪",
        "珩", "桐", "霖", "泊", "芷", "嵩", "湛", "楠", "漠", "莳", "琮", "柘", "渚", "篁", "旻", "岑", "蔚", "淮", "樾", "璟",
        "沅", "杉", "蒲", "碣", "翎", "洵", "梓", "曜", "芦", "屿", "铄", "栀", "浔", "菱", "崤", "翊", "汀", "柏", "雯", "泓",
        "璇", "枫", "藜", "嶂", "鹭", "沐", "桦", "晖", "茗", "崖", "锵", "椿", "沔", "荻", "峒", "鹞", "渡", "槐", "霭", "滨",
        "瑾", "檀", "蓼", "巘", "鸢", "沁", "橡", "昱", "荞", "岭", "镡", "枳", "淇", "菰", "垣", "鸥", "涧", "楸", "虹", "潼",
    ].map { Array($0.utf8) }

    /// The three characters of a firm; up to a million firms bear different ones.
    func appendBrand(of firm: Int, to row: inout RowBuffer) {
        // 387,421 has no factor in common with a million, so the product visits every number once.
        var rest = (firm * 387_421 + offset) % 1_000_000
        for _ in 0..<3 {
            row.text(FirmNames.characters[rest % 100])
            rest /= 100
        }
    }

    func appendName(of index: Int, _ firm: Firm, to row: inout RowBuffer) {
        row.text("永康市")
        appendBrand(of: index, to: &row)
        row.text(Industry.all[Int(firm.industry)].word)
        if firm.isProprietor {
            row.text("厂")
        } else if firm.isAboveScale, index % 23 == 0 {
            row.text("股份有限公司")
        } else {
            row.text("有限公司")
        }
    }

    /// The name on a power account: short.
    func appendAccountName(of index: Int, _ firm: Firm, to row: inout RowBuffer) {
        appendBrand(of: index, to: &row)
        row.text(Industry.all[Int(firm.industry)].word)
    }
}
