/// Which firms are evaluated as one (合并评价): a group with its subsidiaries, an owner with its tenants, all firms of a
/// park or a town. What the feeds say of them is added up before anything is computed.
package struct Merging: Sendable {
    /// 集团合并评价.
    package let label: String
    /// The category node, filled by a feed, in which members have the same text. Where it holds credit codes, the firm
    /// with that code is a member too, and leads. A firm without a text is evaluated alone.
    package let by: Int
    /// The quantity of a feed of which the leading member has most, of equal ones the first code: it gives the unit its
    /// registry fields.
    package let lead: Int
    /// The document that it rests on; empty when none is given.
    package let source: String
}
