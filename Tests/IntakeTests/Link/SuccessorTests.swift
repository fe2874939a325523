import Evaluation
import Testing

@testable import Intake

/// Firms that another one carries on: their history follows where the method says so.
struct SuccessorTests {
    private let codes = Array(Texts.codes.prefix(5))

    /// A registry in which some firms name a successor, by index.
    private func inbox(_ successors: [Int: String], power rows: [(Int, String, String)]) throws -> TestInbox {
        let registry = codes.enumerated().map { index, code in
            "\(code),企业\(index),有限责任公司,\(successors[index] == nil ? "在业" : "注销"),2010-01-02,某路1号,古山镇,3382,规下,\(successors[index] ?? ""),\n"
        }
        return try TestInbox().deliver(
            "registry", "registry", "2022-03-31", Texts.registryHeader + "\n" + registry.joined()
        )
        .deliver(
            "power", "power", "2021-01/2021-12",
            Texts.power(rows.map { (codes[$0.0], $0.1, $0.2) }))
    }

    private let follow = LinkRules(successors: .follow)

    private func columns() throws -> [FeedColumn] {
        [
            try ask("power", { .sum(field: $0.index("kwh")) }), try ask("power", { _ in .count }),
            try ask("power", { _ in .has }), try ask("power", { .latest(field: $0.index("kwh")) }),
        ]
    }

    /// A row of the registry that is delivered twice says the same as one.
    @Test func aRepeatedRowOfTheRegistryStatesItsSuccessor() throws {
        let rows = codes.enumerated().map { index, code in
            "\(code),企业\(index),有限责任公司,在业,2010-01-02,某路1号,古山镇,3382,规下,\(index == 0 ? codes[1] : ""),\n"
        }
        let inbox = try TestInbox().deliver(
            "registry", "registry", "2022-03-31", Texts.registryHeader + "\n" + rows.joined() + rows[0]
        )
        .deliver("power", "power", "2021-01/2021-12", Texts.power([(codes[0], "2021-01", "7")]))
        let reading = try inbox.read(columns(), linking: follow)
        #expect(reading.population.columns[0] == [.noRow, 7, .noRow, .noRow, .noRow])
    }

    @Test func historyFollowsToTheEndOfTheChain() throws {
        let inbox = try inbox(
            [0: codes[1], 1: codes[3]],
            power: [(0, "2021-01", "1"), (1, "2021-05", "2"), (3, "2021-03", "4"), (4, "2021-01", "8")])
        let stay = try inbox.read(columns())
        #expect(stay.population.columns[0] == [1, 2, .noRow, 4, 8])
        let reading = try inbox.read(columns(), linking: follow)
        #expect(reading.population.columns[0] == [.noRow, .noRow, .noRow, 7, 8])
        #expect(reading.population.columns[1] == [0, 0, 0, 3, 1])
        #expect(reading.population.columns[2] == [0, 0, 0, 1, 1])
        #expect(reading.population.columns[3] == [.noRow, .noRow, .noRow, 2, 8])
        let own = reading.links.counts.filter { $0.way == .successor }
        #expect(own.map(\.accepted) == [2] && own.map(\.keys) == [2])
        #expect(reading.links.entries.map(\.firm) == [codes[3], codes[3]])
        #expect(reading.findings == [])
    }

    @Test func aRefusedRowFollowsToo() throws {
        let inbox = try inbox([0: codes[1]], power: [(0, "2021-01", "x"), (1, "2021-02", "2")])
        let reading = try inbox.read(columns(), linking: follow)
        #expect(reading.population.columns[0] == [.noRow, .refusedRow, .noRow, .noRow, .noRow])
        #expect(reading.population.columns[2][1] == 1)
    }

    @Test func circlesAndUnknownSuccessorsLeaveRowsWhereTheyAre() throws {
        let inbox = try inbox(
            [0: codes[1], 1: codes[0], 2: Texts.codes[40]],
            power: [(0, "2021-01", "1"), (1, "2021-01", "2"), (2, "2021-01", "4")])
        let reading = try inbox.read(columns(), linking: follow)
        #expect(reading.population.columns[0] == [1, 2, 4, .noRow, .noRow])
        #expect(reading.findings.map(\.code) == ["successor_cycle", "successor_cycle", "successor_unknown"])
        #expect(reading.findings.map(\.line) == [2, 3, 4])
    }

    /// What is about the firm itself, and no amount, stays with it.
    @Test func titlesStay() throws {
        let inbox = try inbox([0: codes[1]], power: [])
        try inbox.deliver(
            "title", "title", "2021-01/2021-12", Texts.titleHeader + "\n\(codes[0]),高新技术企业,国家级,2020-01-01,\n")
        let reading = try inbox.read([ask("title", { _ in .has })], linking: follow)
        #expect(reading.population.columns[0] == [1, 0, 0, 0, 0])
    }
}
