import Evaluation

/// In which months a firm has a part of shared meters (feed `meter_share`), read again from the archive.
struct ShareMonths {
    private var own: [String: [Period]] = [:]
    private var all: [String: [Period]] = [:]

    /// - Parameters:
    ///   - code: of the firm.
    ///   - links: all entries of the run.
    ///   - files: records of the run.
    init(
        code: String, links: [LinkEntry], in files: [FileRecord], archive: String,
        contracts: [FeedContract], dataYear: Int, asOf: Day
    ) throws(IntakeError) {
        let meters = Set(links.filter { $0.way == .share && $0.firm == code }.map(\.key))
        guard !meters.isEmpty,
            let contract = contracts.first(where: { $0.name == FeedContract.meterShareName })
        else { return }
        func index(_ name: String) -> Int? { contract.fields.firstIndex { $0.name == name } }
        guard let account = index("account"), let firm = index("code"), let from = index("from"),
            let to = index("to")
        else { return }
        // The shares may stand on the code of before the firm moved, or of one that it carries on.
        let codes = Set(
            links.filter { $0.firm == code && ($0.feed == contract.name || $0.way == .successor) }.map(\.code)
        ).union([code])
        // A share without an end holds to the end of what counts.
        let end = "\(dataYear)-12"
        let plan = FeedPlan(feed: 0, contract: contract, columns: [], dataYear: dataYear, asOf: asOf)
        for file in files where file.feed == contract.name {
            let reader = LineReader(
                file, plan, nil, links: LinkMatches(meters: meters, field: account), others: [],
                archive: archive)
            for line in try reader.read() where line.fate == .counted {
                guard line.fields.count == contract.fields.count,
                    let months = Period(
                        from: line.fields[from], to: line.fields[to].isEmpty ? end : line.fields[to])
                else { continue }
                all[line.fields[account], default: []].append(months)
                if codes.contains(line.fields[firm]) { own[line.fields[account], default: []].append(months) }
            }
        }
    }

    /// None for a meter whose readings are divided by the method's rule: each firm's own row has its code.
    /// All months of the meter, where no share of it has a code that is known to be the firm's.
    subscript(meter: String) -> [Period] { own[meter] ?? all[meter] ?? [] }
}
