import Evaluation
import Testing

@testable import Intake

/// What a firm confirmed or disputed is found again in every form in which a run takes it.
struct ConfirmationLinesTests {
    private let codes = Array(Texts.codes.prefix(3))
    private let header = "统一社会信用代码,年度,指标,报送值,状态,核实值,日期,依据文件"

    private func confirmations(_ header: String, _ rows: [String]) throws -> [Intake.Confirmation] {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "c", "confirmation", "2021-01/2021-12", ([header] + rows).joined(separator: "\n") + "\n")
        let reading = try inbox.read([try ask("confirmation", { _ in .count })])
        #expect(reading.refusals.isEmpty)
        let archive = inbox.folder + "/.archive"
        try Archive.keep(try inbox.survey(["confirmation"]), in: archive)
        return try FeedLines.confirmations(
            code: codes[0], in: reading.files, links: reading.links.entries, archive: archive,
            contracts: ShippedContracts.load(), dataYear: 2021, asOf: Texts.asOf, threads: 1)
    }

    @Test func everyFormThatTheRunTakes() throws {
        let exact = try confirmations(header, ["\(codes[0]),2021,用地面积,1000,有异议,9,2022-04-20,某函"])
        #expect(exact.map(\.text) == ["有异议，核实值 9.0000，报送值 1000.0000（2022-04-20，某函）"])
        #expect(exact.map(\.measure) == ["用地面积"])
        let row = "\(codes[0]),2021,用地面积,1000,有异议,9,2022-04-20,某函"
        #expect(try confirmations("统一社会信用代码,年度,指 标,报送值,状态,核实值,日期,依据文件", [row]) == exact)
        #expect(try confirmations("统一社会信用代码,\"年度\",\"指标\",报送值,状态,核实值,日期,依据文件", [row]) == exact)
        #expect(
            try confirmations(header, ["\(codes[0]),2021,用地 面积,\"1,000\",有 异议,９,2022/4/20,某函"]) == exact)
        // A masked column that holds a comma moves nothing.
        #expect(try confirmations("填表人," + header, ["\"张,三\"," + row]) == exact)
        // Rows that are alike for the run are one; rows that differ are refused.
        #expect(
            try confirmations(header, [row, "\(codes[0]),2021,用地面积,1000.0,有异议,9,2022/4/20,某函"]) == exact)
        #expect(try confirmations(header, [row, "\(codes[0]),2021,用地面积,1000,有异议,8,2022-04-20,某函"]).isEmpty)
    }
}
