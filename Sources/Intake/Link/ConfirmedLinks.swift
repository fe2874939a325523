import Evaluation

/// What a person has said of rows that do not say themselves which firm they belong to (feed `link`).
struct ConfirmedLinks: Sendable {
    /// What a line may say of the rows it speaks of.
    enum Kind: Int, CaseIterable { case meter, certificate, code, name }

    /// The rows of a line: those that have all that it gives.
    private struct Condition: Hashable {
        /// Title of the feed: 用电.
        let feed: String
        /// One per kind, empty where the line gives nothing.
        var texts: [[UInt8]]

        /// The kinds that are given, as bits.
        var mask: Int { texts.indices.reduce(0) { texts[$1].isEmpty ? $0 : $0 | 1 << $1 } }

        func limited(to mask: Int) -> Condition {
            Condition(feed: feed, texts: texts.indices.map { mask & 1 << $0 == 0 ? [] : texts[$0] })
        }
    }

    private var firms: [Condition: Int32] = [:]
    /// Which kinds lines give together; the most first.
    private var masks: [Int] = []
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
        let fields = [meter, certificate, code, name]
        var said: [Condition: [HeldRow]] = [:]
        for row in rows {
            let condition = Condition(
                feed: String(decoding: row.fields[feed], as: UTF8.self),
                texts: ConfirmedLinks.exact(fields.map { row.fields[$0] }))
            if condition.mask == 0 {
                findings.append((row, .linkWithoutKey))
            } else {
                said[condition, default: []].append(row)
            }
        }
        for (condition, rows) in said {
            if let firm = rows[0].firms.first, rows.allSatisfy({ $0.firms.first == firm }) {
                firms[condition] = firm
            } else {
                let things = condition.texts.filter { !$0.isEmpty }.map { RowText.shown($0) }
                findings += rows.map {
                    ($0, .linkContradictory(things.joined(separator: "、"), count: rows.count))
                }
            }
        }
        masks = Set(firms.keys.map(\.mask)).sorted {
            ($0.nonzeroBitCount, $0) > ($1.nonzeroBitCount, $1)
        }
    }

    /// The firm that was confirmed for a row: by the line that gives most of what the row has. -1 without one, -2 when
    /// lines that give as much name several firms.
    /// - Parameter texts: one per kind, as delivered.
    func firm(_ feed: String, _ texts: [[UInt8]]) -> Int32 {
        let row = Condition(feed: feed, texts: ConfirmedLinks.exact(texts))
        let own = row.mask
        var found: Int32 = -1
        var given = 0
        for mask in masks where mask & own == mask {
            if found >= 0, mask.nonzeroBitCount < given { break }
            guard let firm = firms[row.limited(to: mask)] else { continue }
            if found >= 0, firm != found { return -2 }
            found = firm
            given = mask.nonzeroBitCount
        }
        return found
    }

    /// Names are compared in their common form, everything else as it was delivered.
    private static func exact(_ texts: [[UInt8]]) -> [[UInt8]] {
        zip(Kind.allCases, texts).map { kind, text in
            kind == .name ? NormalisedName(text)?.bytes ?? [] : text
        }
    }
}
