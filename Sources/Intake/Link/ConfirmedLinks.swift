import Evaluation

/// What a person has said of rows that do not say themselves which firm they belong to (feed `link`).
struct ConfirmedLinks: Sendable {
    /// Which thing of a row a confirmation speaks of, in the order in which they are looked at.
    enum Kind: CaseIterable { case meter, certificate, code, name }

    struct Thing: Hashable {
        /// Title of the feed: 用电.
        let feed: String
        let kind: Kind
        let text: [UInt8]
    }

    private var firms: [Thing: Int32] = [:]
    /// Confirmations that say nothing, or contradict each other: none of them is used.
    private(set) var findings: [(row: HeldRow, message: Message)] = []

    var isEmpty: Bool { firms.isEmpty }

    init() {}

    /// - Parameter rows: accepted rows of the feed whose firms the registry knows.
    init(_ rows: [HeldRow], _ contract: FeedContract) {
        func index(_ name: String) -> Int? { contract.fields.firstIndex { $0.name == name } }
        guard let feed = index("feed"), let code = index("delivered_code"),
            let name = index("delivered_name"),
            let meter = index("meter"), let certificate = index("certificate")
        else { return }
        var said: [Thing: [HeldRow]] = [:]
        for row in rows {
            let thing = [(Kind.meter, meter), (.certificate, certificate), (.code, code), (.name, name)].lazy
                .compactMap { kind, field in
                    ConfirmedLinks.text(row.fields[field], kind).map {
                        Thing(feed: String(decoding: row.fields[feed], as: UTF8.self), kind: kind, text: $0)
                    }
                }.first
            if let thing {
                said[thing, default: []].append(row)
            } else {
                findings.append((row, .linkWithoutKey))
            }
        }
        for (thing, rows) in said {
            if let firm = rows[0].firms.first, rows.allSatisfy({ $0.firms.first == firm }) {
                firms[thing] = firm
            } else {
                findings += rows.map {
                    ($0, .linkContradictory(RowText.shown(thing.text), count: rows.count))
                }
            }
        }
    }

    /// The firm that was confirmed for a thing of a feed's row; -1 for none.
    func firm(_ feed: String, _ kind: Kind, _ text: [UInt8]) -> Int32 {
        guard !firms.isEmpty, let text = ConfirmedLinks.text(text, kind) else { return -1 }
        return firms[Thing(feed: feed, kind: kind, text: text)] ?? -1
    }

    /// Names are compared in their common form, everything else as it was delivered.
    private static func text(_ text: [UInt8], _ kind: Kind) -> [UInt8]? {
        if kind == .name { return NormalisedName(text)?.bytes }
        return text.isEmpty ? nil : text
    }
}
