/// The graph while it is being checked: nodes are declared first, so that expressions may name each other in any
/// order, and get their rules afterwards.
struct Draft {
    struct DraftNode {
        let name: String
        let label: String
        let section: Node.Section
        let type: Node.ValueType
        let decimals: Int
        let rounding: Rounding
        let source: String
        let place: SourcePlace
        /// The only texts of a category, where they are known.
        let texts: [String]
        var rule: Node.Rule?
    }

    let contracts: [FeedContract]
    /// Names that stand in the file but could not be read: what mentions them is no further mistake.
    var misread: Set<String>
    var nodes: [DraftNode] = []
    var columns: [FeedColumn] = []
    /// Node of each column.
    private(set) var columnNodes: [Int] = []
    /// Those with a name of their own come first.
    private(set) var statistics: [Statistic] = []
    private var namedStatisticCount = 0
    var parameters = PickedParameters()
    private var names: [String: Int] = [:]
    /// Of what the method declares; several may have one.
    private var labels: [String: [Int]] = [:]
    /// Names that the method gives to statistics.
    private let statisticNames: Set<String>

    init(contracts: [FeedContract], misread: Set<String>, statistics: Set<String>) {
        self.contracts = contracts
        self.misread = misread
        statisticNames = statistics
    }

    /// The new node's index; its name must be free.
    mutating func declare(_ node: DraftNode) -> Int {
        names[node.name] = nodes.count
        if node.section != .column { labels[node.label, default: []].append(nodes.count) }
        nodes.append(node)
        return nodes.count - 1
    }

    func node(named name: String) -> Int? { names[name] }
    func node(labelled label: String) -> Int? { labels[label]?.first }

    /// The declared node that a name stands for, or else the first with this label. Words never reach the columns of
    /// feeds: which of them there are, and how they are called, depends on what was looked into before.
    func node(called word: String) -> Int? { declaredNode(named: word) ?? labels[word]?.first }

    func declaredNode(named name: String) -> Int? {
        names[name].flatMap { nodes[$0].section == .column ? nil : $0 }
    }

    /// The declared nodes with this label.
    func nodes(labelled word: String) -> [Int] { labels[word] ?? [] }

    /// Indices of the statistics that the method gives a name to.
    var namedStatistics: Range<Int> { 0..<namedStatisticCount }

    /// The node of a column, which is made when it is asked for the first time.
    ///
    /// A column of all rows is named after its feed; one of some rows, whose filter has no ASCII name, also after
    /// the rule that asks for it first: `has_title_for_high_tech`.
    mutating func node(of column: FeedColumn, owner: String, place: SourcePlace) -> Int {
        if let index = columns.firstIndex(of: column) { return columnNodes[index] }
        let contract = contracts[column.feed]
        let relation = contract.relations[column.relation].name
        var name: String
        var type = Node.ValueType.number(.one)
        var decimals = 0
        var texts: [String] = []
        switch column.aggregate {
        case .sum(let index), .latest(let index):
            let field = contract.fields[index]
            name = "\(relation)_\(field.name)"
            type = Draft.type(of: field)
            decimals = Draft.decimals(of: field)
            texts = field.allowed
        case .count: name = "\(relation)_rows"
        case .has:
            name = "has_\(relation)"
            type = .flag
        }
        if column.filter != nil { name += "_for_\(owner)" }
        let plain = name
        var suffix = 2
        while names[name] != nil || statisticNames.contains(name) {
            name = "\(plain)_\(suffix)"
            suffix += 1
        }
        let index = declare(
            DraftNode(
                name: name, label: column.label(contract), section: .column, type: type, decimals: decimals,
                rounding: .halfAway, source: contract.department, place: place, texts: texts,
                rule: .column(columns.count)))
        columns.append(column)
        columnNodes.append(index)
        return index
    }

    private static func type(of field: FeedField) -> Node.ValueType {
        switch field.kind {
        case .decimal, .month, .year: .number(field.unit ?? .one)
        case .date: .day
        case .category, .text, .creditCode: .category
        }
    }

    private static func decimals(of field: FeedField) -> Int {
        if case .decimal(let places) = field.kind { places } else { 0 }
    }

    /// Whether a feed fills the node with credit codes.
    func isCreditCode(_ node: Int) -> Bool {
        guard case .column(let index) = nodes[node].rule, case .latest(let field) = columns[index].aggregate
        else { return false }
        return contracts[columns[index].feed].fields[field].kind == .creditCode
    }

    /// Gives a statistic its own name; all before any that is without one.
    mutating func declare(_ statistic: Statistic) {
        statistics.append(statistic)
        namedStatisticCount = statistics.count
    }

    /// The index of the statistic, which is added unless one that computes the same is there already.
    mutating func statistic(_ statistic: Statistic) -> Int {
        if let index = statistics.firstIndex(where: { $0.computesTheSame(as: statistic) }) { return index }
        var named = statistic
        var suffix = 2
        while statistics.contains(where: { $0.name == named.name }) {
            named.name = "\(statistic.name)_\(suffix)"
            suffix += 1
        }
        statistics.append(named)
        return statistics.count - 1
    }
}
