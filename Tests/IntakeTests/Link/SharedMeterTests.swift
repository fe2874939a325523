import Evaluation
import Testing

@testable import Intake

/// One meter for several firms.
struct SharedMeterTests {
    private let codes = Array(Texts.codes.prefix(4))

    private func read(
        power: [String], shares: String? = nil, _ rule: LinkRules.SharedMeters = .refuse
    ) throws -> Reading {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "power", "power", "2021-01/2021-12", Texts.powerHeader + "\n" + power.map { $0 + "\n" }.joined())
        if let shares {
            try inbox.deliver("share", "meter_share", "2021-01/2021-12", Texts.shareHeader + "\n" + shares)
        }
        return try inbox.read(
            [ask("power", { .sum(field: $0.index("kwh")) })], linking: LinkRules(sharedMeters: rule))
    }

    private func kwh(_ reading: Reading) -> CellColumn { reading.population.columns[0] }

    @Test func readingsAreDividedByShares() throws {
        let shares = """
            M1,\(codes[0]),50,,2021-01,2021-06,某文
            M1,\(codes[1]),30,,2021-01,2021-06,某文
            M1,\(codes[2]),20,,2021-01,2021-06,某文
            M1,\(codes[3]),100,,2021-07,,某文

            """
        // A row of the owner, one without a code, one of a firm that has no share.
        let reading = try read(
            power: [
                "M1,甲,\(codes[0]),2021-01,101", "M1,甲,,2021-02,10", "M1,甲,\(codes[3]),2021-07,7",
                "M2,乙,\(codes[1]),2021-01,1000",
            ],
            shares: shares)
        // 101 = 50.5 + 30.3 + 20.2: the greatest remainder gets the rest.
        let expected: CellColumn = [56, 1033, 22, 7]
        #expect(kwh(reading) == expected)
        let powerFile = try #require(reading.files.first { $0.feed == "power" })
        #expect(powerFile.fates == [4, 4, 0, 0, 0])
        #expect(reading.findings == [] && reading.refusals == [])
        let shared = reading.links.counts.filter { $0.way == .share }.reduce(0) { $0 + $1.accepted }
        #expect(shared == 3)
        #expect(Set(reading.links.entries.map(\.firm)) == Set(codes))
    }

    @Test func readingsOfSubMetersAreWeights() throws {
        let reading = try read(
            power: ["M1,甲,\(codes[0]),2021-01,1000"],
            shares: "M1,\(codes[0]),,300,2021-01,2021-01,某文\nM1,\(codes[1]),,600,2021-01,2021-01,某文\n")
        #expect(kwh(reading) == [333, 667, .noRow, .noRow])
    }

    @Test func sharesThatDoNotAddUpAreAFinding() throws {
        let shares = "M1,\(codes[0]),50,,2021-01,,某文\nM1,\(codes[1]),30,,2021-01,,某文\n"
        let row = "M1,甲,\(codes[0]),2021-01,100"
        let refused = try read(power: [row], shares: shares)
        #expect(kwh(refused) == [.refusedRow, .refusedRow, .noRow, .noRow])
        #expect(refused.findings.map(\.code) == ["shares_incomplete", "meter_shared"])
        #expect(refused.findings[0].chinese.contains("80.0000%"))
        #expect(try kwh(read(power: [row], shares: shares, .first)) == [100, .noRow, .noRow, .noRow])
        let equal = try read(power: [row], shares: shares, .equal)
        #expect(kwh(equal) == [50, 50, .noRow, .noRow])
        #expect(equal.findings.map(\.code) == ["shares_incomplete", "meter_divided"])
    }

    /// Without any table: the same reading under each firm that the meter serves.
    @Test func aReadingDeliveredForEachFirmIsOneReading() throws {
        let rows = ["M1,甲,\(codes[0]),2021-01,101", "M1,乙,\(codes[2]),2021-01,101"]
        let refused = try read(power: rows)
        #expect(kwh(refused) == [.refusedRow, .noRow, .refusedRow, .noRow])
        #expect(refused.files[0].fates == [2, 0, 2, 0, 0])
        #expect(refused.findings.map(\.code) == ["meter_shared", "meter_shared"])
        #expect(try kwh(read(power: rows, .first)) == [101, .noRow, .noRow, .noRow])
        let equal = try read(power: rows, .equal)
        #expect(kwh(equal) == [51, .noRow, 50, .noRow])
        #expect(equal.files[0].fates == [2, 1, 0, 1, 0])
    }

    /// A reading that cannot be read leaves all firms of the meter open.
    @Test func aBadReadingPoisonsEveryFirmOfTheMeter() throws {
        let shares = "M1,\(codes[0]),50,,2021-01,,某文\nM1,\(codes[1]),50,,2021-01,,某文\n"
        let reading = try read(
            power: ["M1,甲,\(codes[0]),2021-01,100", "M1,甲,,2021-02,多少", "M2,乙,\(codes[2]),2021-01,7"],
            shares: shares)
        #expect(kwh(reading) == [.refusedRow, .refusedRow, 7, .noRow])
    }

    /// Readings that differ are no shared meter but a contradiction.
    @Test func differentReadingsOfOneMonthStayRefused() throws {
        let reading = try read(
            power: ["M1,甲,\(codes[0]),2021-01,101", "M1,乙,\(codes[2]),2021-01,102"], .equal)
        #expect(reading.findings.map(\.code) == ["key_repeated", "key_repeated"])
    }

    // MARK: The division itself

    @Test(arguments: [1, 2, 3] as [UInt64])
    func partsAddUpAndNoneIsFarOff(_ seed: UInt64) {
        var random = SeededGenerator(seed)
        for _ in 0..<2000 {
            let count = Int.random(in: 1...6, using: &random)
            let weights = (0..<count).map { _ in Int64.random(in: 0...7, using: &random) }
            guard weights.contains(where: { $0 > 0 }) else { continue }
            let whole = Int64.random(in: -50...50, using: &random)
            let parts = Division.parts(of: whole, by: weights)
            #expect(parts.reduce(0, +) == whole)
            let sum = weights.reduce(0, +)
            for (part, weight) in zip(parts, weights) {
                // |part − whole · weight / sum| < 1, without fractions.
                #expect(abs(part * sum - whole * weight) < sum, "\(whole) by \(weights): \(parts)")
            }
            // Slow and obvious: hand out the rest one by one to whoever lacks most.
            var slow = weights.map { abs(whole) * $0 / sum }
            while slow.reduce(0, +) < abs(whole) {
                var most = 0
                for part in weights.indices {
                    let lack = abs(whole) * weights[part] - slow[part] * sum
                    if lack > abs(whole) * weights[most] - slow[most] * sum { most = part }
                }
                slow[most] += 1
            }
            #expect(parts == slow.map { whole < 0 ? -$0 : $0 })
        }
    }

    @Test func theLargestNumbersAreDivided() {
        let whole: Int64 = 999_999_999_999_999
        #expect(Division.parts(of: whole, by: [whole, whole, whole]).reduce(0, +) == whole)
    }
}
