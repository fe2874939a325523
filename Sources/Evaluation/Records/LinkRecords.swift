/// How many rows of a feed found their firms in one way: the link table (关联情况).
///
/// The accepted rows of all ways of one relation add up to the accepted rows of the feed's files.
package struct LinkCount: Sendable, Equatable {
    /// Code name of the feed, and of the relation through which rows belong to firms.
    package let feed: String
    package let relation: String
    /// Of the firm; empty where none was found.
    package let town: String
    package let way: LinkWay
    /// Rows that count, with or without a firm through this relation.
    package let accepted: Int
    /// Rows that do not count because no relation of theirs leads to a firm.
    package let unused: Int
    /// Different firms by code; otherwise different things that were delivered.
    package let keys: Int

    package init(
        feed: String, relation: String, town: String, way: LinkWay, accepted: Int, unused: Int, keys: Int
    ) {
        self.feed = feed
        self.relation = relation
        self.town = town
        self.way = way
        self.accepted = accepted
        self.unused = unused
        self.keys = keys
    }
}

/// What was delivered in place of a code that the registry knows, and the firm that it was taken for.
package struct LinkEntry: Sendable, Equatable {
    package let feed: String
    package let relation: String
    package let way: LinkWay
    /// As delivered; empty where the feed has no such field or it is blank. `key` is the meter or the certificate.
    package let code: String
    package let key: String
    package let name: String
    /// Credit code of the firm; empty where none was found.
    package let firm: String
    package let accepted: Int
    package let unused: Int

    package init(
        feed: String, relation: String, way: LinkWay, code: String, key: String, name: String, firm: String,
        accepted: Int, unused: Int
    ) {
        self.feed = feed
        self.relation = relation
        self.way = way
        self.code = code
        self.key = key
        self.name = name
        self.firm = firm
        self.accepted = accepted
        self.unused = unused
    }
}

/// The linking of a run: complete counts, and the first entries of each feed and relation.
package struct LinkTable: Sendable, Equatable {
    /// Entries kept per feed and relation.
    package static let maxEntries = 5_000

    /// In order of feed, relation, town, way.
    package let counts: [LinkCount]
    /// In order of feed, relation, way, then most rows first.
    package let entries: [LinkEntry]
    /// Entries that there were beyond those kept.
    package let left: Int

    package init(counts: [LinkCount] = [], entries: [LinkEntry] = [], left: Int = 0) {
        self.counts = counts
        self.entries = entries
        self.left = left
    }

    /// Code names of the feeds of which a firm may have more linked rows than its entries tell, in their order.
    package func incompleteFeeds(firm: String) -> [String] {
        Set(counts.map(\.feed)).sorted().filter { feed in
            let own = entries.filter { $0.feed == feed }
            let keys = counts.filter { $0.feed == feed && $0.way != .code }.reduce(0) { $0 + $1.keys }
            return keys > own.count
                || own.contains { $0.firm == firm && $0.code.isEmpty && $0.key.isEmpty }
        }
    }
}
