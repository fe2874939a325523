import Evaluation
import Testing

@testable import Intake

/// One lease declared by both sides.
struct DeclarationTests {
    private let codes = Array(Texts.codes.prefix(3))

    private func read(_ rows: [(area: String, side: String)]) throws -> Reading {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "lease", "lease", "2022-03-31",
            Texts.leaseHeader + ",申报方\n"
                + rows.map { "\(codes[0]),\(codes[1]),C1,\($0.area),2021-01-01,,企业,\($0.side)\n" }.joined())
        return try inbox.read([
            ask("lease", { .sum(field: $0.index("area")) }, relation: "leased_out"),
            ask("lease", { .sum(field: $0.index("area")) }, relation: "leased_in"),
        ])
    }

    @Test func declarationsThatAgreeAreOne() throws {
        let reading = try read([("10.00", "承租方"), ("10.00", "出租方")])
        #expect(reading.population.columns == [[1000, .noRow, .noRow], [.noRow, 1000, .noRow]])
        #expect(reading.files[0].fates == [2, 1, 0, 1, 0])
        #expect(reading.findings == [])
    }

    @Test func theTownsWinOverTheLessorAndHeOverTheLessee() throws {
        let three = try read([("10.00", "承租方"), ("12.00", "出租方"), ("11.50", "镇街")])
        #expect(three.population.columns[0][0] == 1150)
        #expect(three.files[0].fates == [3, 1, 0, 0, 2])
        let two = try read([("10.00", "承租方"), ("12.00", "出租方")])
        #expect(two.population.columns[0][0] == 1200)
        let finding = try #require(two.findings.first)
        #expect((finding.code, finding.line) == ("declarations_differ", 2))
        #expect(finding.chinese.contains("租赁面积 12.00 / 10.00 (2.00)"))
        #expect(finding.chinese.contains("“承租方”的申报未采用，采用“出租方”"))
    }

    @Test func aSideThatContradictsItselfRefusesAll() throws {
        let reading = try read([("10.00", "承租方"), ("12.00", "承租方"), ("11.00", "出租方")])
        #expect(reading.population.columns[0][0] == .refusedRow)
        #expect(reading.findings.map(\.code) == ["key_repeated", "key_repeated", "key_repeated"])
    }

    /// Files of before the column was there.
    @Test func theColumnMayBeMissing() throws {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "lease", "lease", "2022-03-31",
            Texts.leaseHeader
                + "\n\(codes[0]),\(codes[1]),C1,3.00,2021-01-01,,企业\n\(codes[0]),\(codes[2]),C1,3.00,2021-01-01,,大棚\n"
        )
        let reading = try inbox.read([
            ask("lease", { .sum(field: $0.index("area")) }, relation: "leased_in")
        ])
        #expect(reading.population.columns == [[.noRow, 300, .refusedRow]])
        #expect(reading.findings.map(\.column) == ["类型"])
    }
}
