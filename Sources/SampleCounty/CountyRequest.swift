/// What county to invent. The same request gives the same bytes on every machine.
package struct CountyRequest: Sendable {
    /// How many firms the registry holds.
    package let firms: Int
    package let seed: UInt64
    /// The year that the flows cover; the evaluation takes place in the year after it.
    package let dataYear: Int
    /// Whether bad rows of every kind are planted, with `expected-findings.csv` beside the deliveries.
    package let dirty: Bool
    /// Whether everything is written in the other ways that contracts take: GB18030, titles, totals, 万元, widths, dates.
    package let lenient: Bool

    package init(firms: Int, seed: UInt64, dataYear: Int = 2021, dirty: Bool = false, lenient: Bool = false) {
        self.firms = firms
        self.seed = seed
        self.dataYear = dataYear
        self.dirty = dirty
        self.lenient = lenient
    }

    /// Codes, certificates and meter accounts stay unique within these bounds; names do up to a million firms.
    package static let allowedFirms = 20...10_000_000
    /// A lenient county is held in memory file by file.
    package static let allowedLenientFirms = 20...20_000
    /// A dirty county needs rows enough to plant every kind, and is held in memory file by file.
    package static let allowedDirtyFirms = 100...20_000
    package static let allowedYears = 2019...2098
}
