import Evaluation
import Testing

@testable import Intake

/// A refused row of the registry makes its firm unresolved; it does not make the firm vanish.
@Suite struct RegistryTests {
    private let codes = Texts.codes
    private let good = "有限责任公司,在业,2010-01-02,某路1号,古山镇,3382,规下,,"
    private let bad = "有限责任公司,存续,2010-01-02,某路1号,古山镇,3382,规下,,"

    private func read(_ rows: [String], threads: Int = 2) throws -> Reading {
        let text = Texts.registryHeader + "\n" + rows.map { $0 + "\n" }.joined()
        let inbox = try TestInbox().deliver("registry", "registry", "2022-03-31", text)
            .deliver("power", "power", "2021-01/2021-12", Texts.power([(codes[0], "2021-01", "5")]))
        return try inbox.read(
            [
                ask("registry", { .latest(field: $0.index("town")) }), ask("registry", { _ in .has }),
                ask("power", { .sum(field: $0.index("kwh")) }),
            ], threads: threads)
    }

    private func firms(_ population: Population) -> [String] {
        (0..<population.count).map { "\(population.codes[$0]) \(population.names[$0])" }
    }

    @Test(arguments: [
        "有限责任公司,存续,2010-01-02,某路1号,古山镇,3382,规下,,", "有限责任公司,在业,2010-13-02,某路1号,古山镇,3382,规下,,",
        "有限责任公司,在业,2010-01-02,某路1号,,3382,规下,,", "有限责任公司,在业,2010-01-02,\0,古山镇,3382,规下,,",
        "有限责任公司,在业,2010-01-02,某\"路\"1号,古山镇,3382,规下,,",
        "有限责任公司,在业,2010-01-02,某路1号,古山镇,3382,规下,X,",
    ]) func aFirmWithARefusedRowStays(_ rest: String) throws {
        let reading = try read(["\(codes[0]),\"甲\"\"厂\"\"\",\(rest)", "\(codes[1]),乙厂,\(good)"])
        #expect(reading.refusals == [])
        let population = reading.population
        #expect(firms(population) == ["\(codes[0]) 甲\"厂\"", "\(codes[1]) 乙厂"])
        #expect(population.town == [.refusedRow, 0] && population.towns == ["古山镇"])
        #expect(population.industry == [.refusedRow, 0] && population.industries == ["3382"])
        #expect(population.columns == [[.refusedRow, 0], [.refusedRow, 1], [5, .noRow]])
        #expect(reading.findings.allSatisfy { $0.code != "firm_unknown" })
        #expect(reading.findings.filter { $0.severity == .refusal }.map(\.line) == [2])
        #expect(reading.files.first { $0.feed == "registry" }?.fates == [2, 1, 1, 0, 0])
    }

    /// Without a code, columns in their places and a name nobody knows which firm it is.
    @Test(arguments: [
        "91330784MA0000000X,甲厂,有限责任公司,在业,2010-01-02,某路1号,古山镇,3382,规下,,",
        ",甲厂,有限责任公司,在业,2010-01-02,某路1号,古山镇,3382,规下,,", "CODE,,有限责任公司,在业,2010-01-02,某路1号,古山镇,3382,规下,,",
        "CODE,甲厂,有限责任公司,在业,2010-01-02,某路1号,古山镇,3382,规下", "CODE,甲\0厂,有限责任公司,在业,2010-01-02,某路1号,古山镇,3382,规下,,",
    ]) func aRowThatCannotBePlacedIsNoFirm(_ row: String) throws {
        let reading = try read([
            row.replacing("CODE", with: codes[0]), "\(codes[1]),乙厂,\(good)",
        ])
        #expect(firms(reading.population) == ["\(codes[1]) 乙厂"] && reading.refusals == [])
        #expect(reading.files.first { $0.feed == "registry" }?.fates == [2, 1, 1, 0, 0])
        #expect(reading.findings.contains { $0.code == "firm_unknown" })
    }

    /// Identical rows are one firm; differing ones, or one of them refused, leave only code and name, in any order.
    @Test func repeatedFirms() throws {
        var rows = [
            "\(codes[3]),丁厂,\(good)", "\(codes[0]),甲厂,\(good)", "\(codes[0]),甲厂,\(good)",
            "\(codes[1]),甲,\(good)", "\(codes[1]),甲乙,\(good)", "\(codes[1]),\"甲丙\",\(bad)",
            "\(codes[2]),乙,\(good)", "\(codes[2]),丙,\(bad)",
            "\(codes[4]),戊,\(bad)",
        ]
        var random = SeededGenerator(5)
        for threads in [1, 2, 1, 2] {
            let reading = try read(rows, threads: threads)
            #expect(reading.refusals == [])
            #expect(
                firms(reading.population) == [
                    "\(codes[0]) 甲厂", "\(codes[1]) 甲乙", "\(codes[2]) 乙", "\(codes[3]) 丁厂", "\(codes[4]) 戊",
                ])
            let town: CellColumn = [0, .refusedRow, .refusedRow, 0, .refusedRow]
            #expect(reading.population.town == town && reading.population.columns[0] == town)
            #expect(reading.files.first { $0.feed == "registry" }?.fates == [9, 3, 5, 1, 0])
            #expect(reading.counts.first { $0.code == "key_repeated" }?.count == 2)
            rows.shuffle(using: &random)
        }
    }

    @Test func aRegistryWithRefusedRowsOnlyEndsTheReading() throws {
        let reading = try read([
            "\(codes[0]),甲厂,\(bad)", "\(codes[1]),乙厂,\(bad)",
        ])
        #expect(reading.population.count == 0)
        #expect(
            reading.refusals.count == 1 && reading.refusals[0].contains("no firm that could be evaluated"))
    }
}
