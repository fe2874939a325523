/// How rows of a feed find their firm where the credit code alone does not (关联治理).
package struct FeedLinks: Sendable, Equatable {
    /// Beside the exact code and what was confirmed, which every feed has. Whatever the order here, ways are tried in
    /// the order of ``LinkWay``.
    package let ways: Set<LinkWay>
    /// Index of the field with the meter account (户号), the certificate (不动产权证号), the firm's name.
    package let meter: Int?
    package let certificate: Int?
    package let name: Int?
    /// Decimal fields that are divided among the firms of a shared meter.
    package let divided: [Int]
    /// The field through which rows of one meter, or of one certificate, belong together.
    package let anchor: Int?

    package init(ways: Set<LinkWay>, meter: Int?, certificate: Int?, name: Int?, divided: [Int]) {
        self.ways = ways
        self.meter = meter
        self.certificate = certificate
        self.name = name
        self.divided = divided
        anchor = ways.contains(.meter) ? meter : ways.contains(.certificate) ? certificate : nil
    }

    package static let byCode = FeedLinks(
        ways: [.code], meter: nil, certificate: nil, name: nil, divided: [])
}

/// One fact that several sides declare, such as a lease by lessor and lessee (双方申报).
package struct FeedAgreement: Sendable, Equatable {
    /// Index of the category field that says who declares.
    package let by: Int
    /// Whose declaration counts when they differ, the first before the others.
    package let wins: [String]

    package init(by: Int, wins: [String]) {
        self.by = by
        self.wins = wins
    }
}
