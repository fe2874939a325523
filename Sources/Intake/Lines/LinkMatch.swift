import Evaluation

/// Finds the rows again that a run linked to a firm in another way than by its code.
struct LinkMatch: Sendable {
    private let code: (field: Int, text: [UInt8])?
    private let key: (field: Int, text: [UInt8])?

    /// `nil` when the entry is not of this feed.
    init?(_ entry: LinkEntry, _ contract: FeedContract) {
        guard let relation = contract.relations.first(where: { $0.name == entry.relation }) else {
            return nil
        }
        // Readings of a shared meter are found by the meter, whatever their code.
        code = entry.way == .share ? nil : (relation.field, Array(entry.code.utf8))
        let field = contract.links.anchor ?? contract.links.name
        key = entry.key.isEmpty ? nil : field.map { ($0, Array(entry.key.utf8)) }
        if code == nil, key == nil { return nil }
    }

    func fits(_ row: Int, _ batch: RowBatch, _ header: Header, _ bytes: UnsafePointer<UInt8>) -> Bool {
        [code, key].compactMap(\.self).allSatisfy {
            header.span(row, $0.field, of: batch).content(in: bytes) == $0.text
        }
    }
}
