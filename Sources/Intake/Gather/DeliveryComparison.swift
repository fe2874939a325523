import Evaluation

/// A delivery beside the one before it of the same feed.
package struct DeliveryComparison: Sendable, Equatable {
    /// Code name.
    package let feed: String
    package let delivery: String
    package let before: String
    package let rows: Int
    package let rowsBefore: Int
    /// Headers of columns that look as if their unit had changed, in the order of the contract.
    package let jumps: [(header: String, jump: TotalJump)]

    package static func == (a: Self, b: Self) -> Bool {
        (a.feed, a.delivery, a.before, a.rows, a.rowsBefore)
            == (b.feed, b.delivery, b.before, b.rows, b.rowsBefore)
            && a.jumps.elementsEqual(b.jumps) { $0.header == $1.header && $0.jump == $1.jump }
    }

    /// Fewer than this many rows before say nothing when they become less.
    static let fewestRows = 20
    /// Less than this many hundredths of the rows before are too few.
    static let leastPercent = 60

    /// Whether so many rows are missing that a part may have been left out.
    package var hasFewerRows: Bool {
        rowsBefore >= Self.fewestRows && rows < rowsBefore
            && Int128(rows) * 100 <= Int128(rowsBefore) * Int128(Self.leastPercent)
    }
}

/// A column whose values became so many times larger or smaller as one unit is another.
package struct TotalJump: Sendable, Equatable {
    /// Exact totals.
    package let now: String
    package let before: String
    /// Name of the delivery before.
    package let delivery: String
    /// How many times; at least 2.
    package let factor: Int
    package let isLarger: Bool
    /// Units of which one is so many times the other: 元, 万元.
    package let unit: String
    package let other: String

    package var timesChinese: String { isLarger ? "\(factor)倍" : "1/\(factor)" }
    var timesEnglish: String { isLarger ? "\(factor) times as much" : "1/\(factor) of it" }
    package var units: String { "\(unit)与\(other)" }
    /// For sentences in ASCII.
    var unitsEnglish: String {
        [
            "元": "yuan", "千元": "thousand yuan", "万元": "ten thousand yuan", "亿元": "hundred million yuan",
            "m²": "m2",
            "亩": "mu", "公顷": "ha", "万kWh": "ten thousand kWh",
        ].reduce(into: [unit, other]) { names, word in
            for index in names.indices where names[index] == word.key { names[index] = word.value }
        }.map { $0.utf8.allSatisfy { $0 < 128 } ? $0 : "another unit" }.joined(separator: " and ")
    }
}

extension Reading {
    /// The same reading with its deliveries beside those before them, and what strikes as findings.
    ///
    /// The one before is, of a flow, the last that was read of the same period, otherwise that of the period before;
    /// of a snapshot the last that was read; of a log the last of the same period. Thresholds are in Docs/check.md.
    /// - Parameter earlier: figures of files that recorded runs have read, the oldest first.
    func compared(with earlier: [FileFigures], _ contracts: [FeedContract]) -> Reading {
        var result = self
        let current = WholeDelivery.gather(figures)
        let past = WholeDelivery.gather(earlier)
        for delivery in current {
            guard let contract = contracts.first(where: { $0.name == delivery.feed }),
                let before = delivery.before(past, current, contract)
            else { continue }
            let comparison = delivery.compared(with: before, contract)
            result.comparisons.append(comparison)
            if comparison.hasFewerRows {
                result.add(
                    Finding(
                        .rowsFewer(comparison.rows, before: comparison.rowsBefore, delivery: before.name),
                        feed: delivery.feed, delivery: delivery.name))
            }
            for (header, jump) in comparison.jumps {
                result.add(
                    Finding(
                        .totalJumped(header, jump), feed: delivery.feed, delivery: delivery.name,
                        column: header))
            }
        }
        result.findings = result.findings.sorted()
        result.counts.sort { ($0.feed, $0.code) < ($1.feed, $1.code) }
        return result
    }

    private mutating func add(_ finding: Finding) {
        findings.append(finding)
        let known = counts.firstIndex { $0.feed == finding.feed && $0.code == finding.code }
        let count = FindingCount(
            feed: finding.feed, code: finding.code, severity: finding.severity,
            count: 1 + (known.map { counts[$0].count } ?? 0))
        if let known { counts[known] = count } else { counts.append(count) }
    }
}

/// The files of one delivery together.
private struct WholeDelivery {
    let feed: String
    let name: String
    let period: Period?
    private(set) var hashes: Set<String> = []
    private(set) var rows = 0
    /// Scaled sums with their decimals, by header; those that cannot be held are left out.
    private var sums: [String: (value: Int128, places: Int)?] = [:]

    private init(_ file: FileFigures) {
        feed = file.feed
        name = file.delivery
        period = Period(from: file.periodFrom, to: file.periodTo)
    }

    /// In the order of their first files.
    static func gather(_ files: [FileFigures]) -> [WholeDelivery] {
        var deliveries: [WholeDelivery] = []
        var places: [[String]: Int] = [:]
        for file in files {
            let key = [file.feed, file.delivery, file.periodFrom, file.periodTo]
            let place = places[key] ?? deliveries.count
            if place == deliveries.count { deliveries.append(WholeDelivery(file)) }
            places[key] = place
            deliveries[place].add(file)
        }
        return deliveries
    }

    private mutating func add(_ file: FileFigures) {
        guard hashes.insert(file.sha256).inserted else { return }
        rows = rows.addingReportingOverflow(file.rows).partialValue
        for total in file.totals {
            let own = DecimalText.parse(total.sum).map { (value: $0.digits, places: $0.places) }
            guard let known = sums[total.header] else {
                sums.updateValue(own, forKey: total.header)
                continue
            }
            guard let known, let own, known.places == own.places else {
                sums.updateValue(nil, forKey: total.header)
                continue
            }
            sums.updateValue((known.value + own.value, own.places), forKey: total.header)
        }
    }

    func before(
        _ past: [WholeDelivery], _ current: [WholeDelivery], _ contract: FeedContract
    ) -> WholeDelivery? {
        // What was read after this delivery is not before it.
        let own = past.firstIndex { $0.feed == feed && $0.hashes == hashes } ?? past.endIndex
        let older = past[..<own].filter { $0.feed == feed }
        switch contract.addsUp {
        case .snapshot: return older.last
        case .log: return older.last { $0.period == period }
        case .flow:
            if let same = older.last(where: { $0.period == period }) { return same }
            guard let period else { return nil }
            func isJustBefore(_ other: WholeDelivery) -> Bool {
                guard let otherPeriod = other.period, other.feed == feed else { return false }
                return otherPeriod.last + 1 == period.first
                    && otherPeriod.last - otherPeriod.first == period.last - period.first
            }
            return current.last(where: isJustBefore) ?? older.last(where: isJustBefore)
        }
    }

    func compared(with before: WholeDelivery, _ contract: FeedContract) -> DeliveryComparison {
        DeliveryComparison(
            feed: feed, delivery: name, before: before.name, rows: rows, rowsBefore: before.rows,
            jumps: contract.fields.compactMap { field in
                jump(of: field, since: before).map { (field.header, $0) }
            })
    }

    /// Values per row are compared, so that a part of the rows makes no jump.
    private func jump(of field: FeedField, since before: WholeDelivery) -> TotalJump? {
        guard let unit = field.unit, let now = sums[field.header] ?? nil,
            let past = before.sums[field.header] ?? nil, now.places == past.places, now.value != 0,
            past.value != 0, rows >= DeliveryComparison.fewestRows,
            before.rows >= DeliveryComparison.fewestRows
        else { return nil }
        let (left, isTooLarge) = Int128(now.value.magnitude).multipliedReportingOverflow(
            by: Int128(before.rows))
        let (right, isTooLargeToo) = Int128(past.value.magnitude).multipliedReportingOverflow(
            by: Int128(rows))
        // More than 30 digits are no totals of a county.
        let limit = Int128(1_000_000_000_000_000) * 1_000_000_000_000_000
        guard !isTooLarge, !isTooLargeToo, left < limit, right < limit else { return nil }
        for (other, factor) in MixedUnits.of(unit) {
            for isLarger in [true, false] {
                let (large, small) = isLarger ? (left, right) : (right, left)
                // Between half the factor and twice the factor.
                guard large * 2 >= small * Int128(factor), large <= small * Int128(factor) * 2 else {
                    continue
                }
                return TotalJump(
                    now: ControlTotals.text(now.value, places: now.places),
                    before: ControlTotals.text(past.value, places: past.places), delivery: before.name,
                    factor: factor, isLarger: isLarger, unit: unit.symbol, other: other)
            }
        }
        return nil
    }
}

/// Which units are mixed up with which, and how many times the one is the other.
private enum MixedUnits {
    static func of(_ unit: Evaluation.Unit) -> [(other: String, factor: Int)] {
        switch unit.symbol {
        case "元": [("万元", 10_000), ("千元", 1000), ("亿元", 100_000_000)]
        case "万元": [("元", 10_000), ("亿元", 10_000)]
        // An area of 亩 that is called m² is 667 times too small.
        case "m²": [("亩", 667), ("公顷", 10_000)]
        case "亩": [("m²", 667)]
        case "kWh": [("万kWh", 10_000)]
        case "t": [("kg", 1000), ("万t", 10_000)]
        case "kg": [("t", 1000)]
        case "tce": [("kgce", 1000), ("万tce", 10_000)]
        case "人": [("万人", 10_000)]
        default: []
        }
    }
}
