/// Which firms are evaluated as one (合并评价): a group with its subsidiaries, an owner with its tenants, all firms of a
/// park or a town. What the feeds say of them is added up before anything is computed.
package struct Merging: Sendable {
    /// 集团合并评价.
    package let label: String
    /// The category nodes of which the first that a firm has gives the text that members have in common: filled by a feed,
    /// or made by conditions on the registry. Where it holds credit codes, the firm with that code is a member too, and
    /// leads. A firm without a text is evaluated alone.
    package let by: [Int]
    /// The quantity of a feed of which the leading member has most, of equal ones the first code: it gives the unit its
    /// registry fields.
    package let lead: Int
    /// The document that it rests on; empty when none is given.
    package let source: String
}

extension Graph {
    /// The feed column behind a node; `nil` when something else makes its values.
    func feedColumn(of node: Int) -> FeedColumn? {
        if case .column(let index) = nodes[node].rule { feedColumns[index] } else { nil }
    }

    /// Whether a feed fills the node with credit codes.
    func holdsCreditCodes(_ node: Int) -> Bool {
        guard let column = feedColumn(of: node), case .latest(let field) = column.aggregate else {
            return false
        }
        return contracts[column.feed].fields[field].kind == .creditCode
    }
}
