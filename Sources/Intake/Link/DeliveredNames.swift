import Evaluation

/// Names that departments delivered, as far as they may be kept and handed on.
///
/// The account of a meter or the holder of a certificate may be a person, whose name is nobody's business. A name is kept
/// when it is an organisation's by its words, or when a firm of the registry could be meant by it; of every other one only
/// the first character.
enum DeliveredNames {
    /// What organisations are called. These signs hardly ever stand in a person's name, so they may stand anywhere. Those
    /// that do stand in persons' names are asked for only at the end, and only of names of four characters and more.
    private static let words = [
        "公司", "工厂", "合作社", "集团", "企业", "经营部", "门市部", "事务所", "委员会", "村委", "居委", "街道", "中心", "学校", "医院",
        "银行", "厂", "店", "社", "局", "办事处",
    ]
    private static let endings = ["部", "院", "所", "行", "场", "坊", "站", "馆", "会", "村", "队", "园", "户"]

    static func isOrganisation(_ name: String) -> Bool {
        guard let compared = NormalisedName(name) else { return true }
        let text = String(decoding: compared.bytes, as: UTF8.self)
        if words.contains(where: { text.contains($0) }) { return true }
        // A branch stands in brackets: 某某（城东店）, 某某部(二).
        let whole = text.unicodeScalars.split { "()".unicodeScalars.contains($0) }.map { String($0) }
        return text.unicodeScalars.count >= 4
            && whole.contains { part in endings.contains { part.hasSuffix($0) } }
    }

    /// 王** for 王小明, whatever its length.
    static func masked(_ name: String) -> String {
        guard let first = name.unicodeScalars.first(where: { NormalisedName.compared($0) != nil }) else {
            return ""
        }
        return "\(first)**"
    }

    /// The entries with the names that may be kept.
    /// - Parameters:
    ///   - names: of the firms of the registry.
    ///   - contract: of the feed of the entries.
    static func keep(_ entries: [LinkEntry], among names: TextColumn, _ contract: FeedContract) -> [LinkEntry]
    {
        let doubtful = entries.map(\.name).filter { !isOrganisation($0) }
        guard !doubtful.isEmpty else { return entries }
        var index = NameIndex(asking: doubtful, firms: names.count) { firm in
            String(decoding: names.bytes[names.offsets[firm]..<names.offsets[firm + 1]], as: UTF8.self)
        }
        var kept: [String: Bool] = [:]
        for name in doubtful where kept[name] == nil { kept[name] = !index.best(name).isEmpty }
        // Where a feed has neither meter nor certificate, the name is the key.
        let isKey = contract.links.anchor == nil && contract.links.name != nil
        return entries.map { entry in
            guard kept[entry.name] == false else { return entry }
            return LinkEntry(
                feed: entry.feed, relation: entry.relation, way: entry.way, code: entry.code,
                key: isKey && entry.firm.isEmpty ? masked(entry.key) : entry.key, name: masked(entry.name),
                firm: entry.firm, accepted: entry.accepted, unused: entry.unused)
        }
    }
}
