import Evaluation

/// How readings of meters that serve several firms are divided (feed `meter_share`, 共用电表分摊).
struct MeterShares: Sendable {
    /// What is known of a meter in one month.
    enum Known {
        /// It serves one firm, as far as anybody says.
        case notShared
        /// The parts are known; firms in ascending order.
        case shares([(firm: Int32, weight: Int64)])
        /// It serves these firms, and nothing says in which parts.
        case firms([Int32])
    }

    private struct Share {
        let firm: Int32
        let percent: Int64
        let kwh: Int64
        let months: ClosedRange<Int64>
        let row: HeldRow
    }

    private var shares: [[UInt8]: [Share]] = [:]
    /// Hashes of the meters, as ``FileReader`` makes them of rows.
    private(set) var hashes: Set<UInt64> = []
    /// Shares that do not add up, with the first row of the meter.
    private(set) var findings: [(row: HeldRow, message: Message)] = []

    /// 100 % with the four decimals of the field.
    private static let whole: Int64 = 1_000_000

    var isEmpty: Bool { shares.isEmpty }

    init() {}

    /// - Parameter rows: accepted rows of the feed whose firms the registry knows.
    init(_ rows: [HeldRow], _ contract: FeedContract, dataYear: Int) {
        func index(_ name: String) -> Int? { contract.fields.firstIndex { $0.name == name } }
        guard let account = index("account"), let percent = index("percent"), let kwh = index("kwh"),
            let from = index("from"), let to = index("to")
        else { return }
        for row in rows {
            guard let firm = row.firms.first, firm >= 0, !row.values[from].isMissing else { continue }
            let last = row.values[to].isMissing ? Int64.limit : row.values[to]
            guard row.values[from] <= last else { continue }
            shares[row.fields[account], default: []].append(
                Share(
                    firm: firm, percent: row.values[percent], kwh: row.values[kwh],
                    months: row.values[from]...last, row: row))
        }
        for meter in shares.keys {
            hashes.insert(MeterShares.hash(meter))
            let year = Int64(dataYear) * 12
            for month in year..<year + 12 {
                guard let (sum, row) = flaw(meter, month) else { continue }
                findings.append(
                    (row, .sharesIncomplete(RowText.shown(meter), Period.text(Int(month)), sum: sum)))
                break
            }
        }
    }

    static func hash(_ meter: [UInt8]) -> UInt64 {
        meter.withUnsafeBufferPointer { text in
            text.baseAddress.map { Hash.bytes($0, text.count, seed: Hash.ofKeys) } ?? Hash.ofKeys
        }
    }

    func known(_ meter: [UInt8], in month: Int64) -> Known {
        let own = inForce(meter, month)
        guard !own.isEmpty else { return .notShared }
        if let weights = MeterShares.weights(own) {
            return .shares(zip(own, weights).map { ($0.firm, $1) })
        }
        return .firms(own.map(\.firm))
    }

    /// Every firm that the meter serves in any month, in ascending order.
    func firms(of meter: [UInt8]) -> [Int32] { Set((shares[meter] ?? []).map(\.firm)).sorted() }

    /// One share per firm, the one that began last; in ascending order of firms.
    private func inForce(_ meter: [UInt8], _ month: Int64) -> [Share] {
        var latest: [Int32: Share] = [:]
        for share in shares[meter] ?? [] where share.months.contains(month) {
            if let other = latest[share.firm], other.months.lowerBound > share.months.lowerBound { continue }
            latest[share.firm] = share
        }
        return latest.values.sorted { $0.firm < $1.firm }
    }

    /// Percentages that add up to 100, or readings of sub-meters of which one is not zero.
    private static func weights(_ shares: [Share]) -> [Int64]? {
        let isByPercent = shares.allSatisfy { !$0.percent.isMissing && $0.kwh.isMissing }
        if isByPercent { return sum(shares.map(\.percent)) == Int128(whole) ? shares.map(\.percent) : nil }
        let isByReading = shares.allSatisfy { $0.percent.isMissing && !$0.kwh.isMissing }
        return isByReading && sum(shares.map(\.kwh)) > 0 ? shares.map(\.kwh) : nil
    }

    /// The sum that is not 100 %, and where to say so; `nil` where all is well or no share was given.
    private func flaw(_ meter: [UInt8], _ month: Int64) -> (sum: String, row: HeldRow)? {
        let own = inForce(meter, month)
        guard own.contains(where: { !$0.percent.isMissing || !$0.kwh.isMissing }),
            MeterShares.weights(own) == nil,
            let row = own.map(\.row).min(by: { ($0.file, $0.line) < ($1.file, $1.line) })
        else { return nil }
        let sum = MeterShares.sum(own.map(\.percent).filter { !$0.isMissing })
        return (ControlTotals.text(sum, places: 4), row)
    }

    private static func sum(_ values: [Int64]) -> Int128 { values.reduce(0) { $0 + Int128($1) } }
}
