/// Firms made up to prove a method, and what must become of them.
package struct MethodCase: Sendable {
    /// As outputs show it: 缺排放数据的企业得本组平均分.
    package let name: String
    /// In the order of the file, which is the order of their credit codes.
    package let firms: [Firm]
    /// What the feeds say about the firms.
    package let rows: [Row]
    /// Of whom a row was refused, so that nobody can tell what the feed says about them.
    package let refusals: [Refusal]
    /// Values that stand in place of what the method would compute from the feeds.
    package let given: [GivenValue]

    /// One firm of a case.
    package struct Firm: Sendable {
        package let name: String
        let expectations: [Expectation]

        /// How many values are compared.
        package var expectationCount: Int { expectations.count }
    }

    /// One row of a feed.
    package struct Row: Sendable {
        /// Index of the contract.
        package let feed: Int
        /// One per field of the contract.
        package let values: [Value]
    }

    /// What a field of a row says.
    package enum Value: Sendable, Equatable {
        case blank
        /// A number with the field's decimals, a month, a year or a day; see ``FeedField/Kind``.
        case number(Int64)
        case text(String)
        /// The credit code of a firm of the case, by its index.
        case firm(Int)
    }

    /// A refused row.
    package struct Refusal: Sendable {
        /// Index of the contract.
        package let feed: Int
        /// The field that names the firm.
        package let field: Int
        package let firm: Int
    }
}

/// Something that a case says about a firm's results.
struct Expectation: Sendable {
    enum Wanted: Sendable {
        case value(node: Int, NodeValue)
        /// Exactly these decisions hold.
        case decisions([Decision])
        /// On the list on exactly these grounds; none is not on the list.
        case grounds(list: Int, [Int])
        /// On the list, on whatever grounds.
        case listed(list: Int)
    }

    enum NodeValue: Sendable, Equatable {
        /// A number, a day or a flag.
        case cell(Int64)
        /// The text of a category.
        case text(String)
        /// No value, for whatever cause but a refused row: nobody knows whether there is one.
        case missing
        /// No value, because a row was refused.
        case refused
    }

    struct Decision: Sendable {
        let name: String
        /// `nil` where the case does not say.
        var isOverruled: Bool?
        var reason: String?
        var document: String?
    }

    let wanted: Wanted
    /// Where the cases file says so.
    let place: SourcePlace
}
