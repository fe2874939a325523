import Evaluation
import Foundation
import Testing

@testable import Intake

@Suite struct InboxTests {
    private let codes = Array(Texts.codes[..<2])

    private func power(_ month: String, _ kwh: String) -> String { Texts.power([(codes[0], month, kwh)]) }

    private func kwh(_ inbox: TestInbox) throws -> Int64 {
        try inbox.read([ask("power", { .sum(field: $0.index("kwh")) })]).population.columns[0][0]
    }

    private func refusal(_ inbox: TestInbox, _ feeds: Set<String> = ["power"]) -> String {
        do {
            _ = try inbox.survey(feeds)
            return ""
        } catch let error as IntakeError {
            return error.kind == .refused ? error.message : "\(error.kind)"
        } catch { return "\(error)" }
    }

    // MARK: Which deliveries count

    @Test func theNewestDeliveryOfAMonthWinsWhole() throws {
        let year = power("2021-01", "1") + "M2,x,\(codes[0]),2021-02,10\nM3,x,\(codes[0]),2021-02,oops\n"
        let inbox = try TestInbox().registry(codes).deliver("a-year", "power", "2021-01/2021-12", year)
            .deliver("b-february", "power", "2021-02/2021-02", power("2021-02", "100"))
        let survey = try inbox.survey(["power"])
        #expect(survey.files.prefix(2).map(\.counting) == [.months(0xffd), .months(0x002)])
        #expect(survey.findings.map(\.code) == ["delivery_partly_superseded"])
        let reading = try inbox.read([ask("power", { .sum(field: $0.index("kwh")) })])
        #expect(reading.population.columns[0][0] == 101)
        // A row of a superseded month is not looked at, however wrong it is.
        #expect(reading.files[0].fates == [3, 1, 0, 0, 2] && !reading.findings.contains { $0.line > 0 })
    }

    @Test func anOlderDeliveryThatNothingIsLeftOfDoesNotCount() throws {
        let inbox = try TestInbox().registry(codes).deliver(
            "z", "power", "2021-03/2021-03", power("2021-03", "1")
        )
        .deliver("a", "power", "2021-03/2021-03", power("2021-03", "2"))
        let survey = try inbox.survey(["power"])
        #expect(survey.files.map(\.delivery) == ["a", "registry"])
        #expect(survey.findings.filter { $0.code == "delivery_superseded" }.map(\.delivery) == ["z"])
        #expect(survey.findings.filter { $0.code == "month_missing" }.count == 11)
        #expect(try kwh(inbox) == 2)
    }

    @Test func onlyTheDataYearCounts() throws {
        let inbox = try TestInbox().registry(codes).deliver(
            "a", "power", "2020-12/2021-01", power("2020-12", "50") + "M2,x,\(codes[0]),2021-01,3\n"
        ).deliver("b", "power", "2022-01/2022-01", power("2022-01", "x"))
        #expect(try inbox.survey(["power"]).files.map(\.delivery) == ["a", "registry"])
        #expect(try kwh(inbox) == 3)
    }

    @Test func snapshotsAreTheLatestBeforeTheDay() throws {
        let inbox = try TestInbox()
        for (name, day) in [
            ("c", "2022-05-31"), ("a", "2022-03-31"), ("b", "2022-06-30"), ("d", "2022-05-31"),
        ] {
            try inbox.deliver(name, "registry", day, Texts.registry(codes))
        }
        let survey = try inbox.survey([])
        #expect(survey.files.map(\.delivery) == ["d"])
        #expect(
            survey.findings.map { "\($0.delivery) \($0.code)" }
                == [
                    "a delivery_superseded", "a delivery_repeated", "b delivery_after_as_of",
                    "b delivery_repeated", "c delivery_superseded", "d delivery_repeated",
                ])
    }

    @Test func logsOfDifferentPeriodsAddUp() throws {
        let title = { [codes] (name: String) in "\(Texts.titleHeader)\n\(codes[0]),\(name),省级,2020-01-01,\n" }
        let inbox = try TestInbox().registry(codes).deliver("a", "title", "2020-01/2020-12", title("甲"))
            .deliver("b", "title", "2021-01/2021-12", title("乙")).deliver(
                "c", "title", "2021-01/2021-12", title("丙"))
        let reading = try inbox.read([
            ask("title", { _ in .count }),
            ask("title", { _ in .has }, filter: { .isOneOf(field: $0.index("title"), ["乙"]) }),
        ])
        #expect(reading.population.columns == [[2, 0], [0, 0]])
    }

    @Test func timesWithOffsetsAreCompared() {
        let early = Moment("2022-02-10T08:00:00+08:00")
        let late = Moment("2022-02-10T00:00:01Z")
        #expect(early != nil && late != nil && (early.map(\.seconds) ?? 0) + 1 == late?.seconds)
        for text in [
            "", "2022-02-10", "2022-02-10T08:00:00", "2022-02-10T25:00:00Z", "2022-13-10T08:00:00Z",
            "2022-02-10T08:00:00.Z", "2022-02-10T08:00:00+8",
        ] {
            #expect(Moment(text) == nil, "\(text)")
        }
    }

    @Test func theDigestKnowsContentAndPeriodButNoNames() throws {
        func digest(_ names: [String], _ kwh: String, period: String = "2021-01/2021-12") throws -> String {
            let inbox = try TestInbox()
            if names.count > 2 { try inbox.deliver(names[2], "power", "2020-01/2020-12", "unused") }
            return try inbox.deliver(names[0], "registry", "2022-03-31", Texts.registry(codes))
                .deliver(names[1], "power", period, power("2021-01", kwh)).survey(["power"]).inputsDigest
        }
        let first = try digest(["r", "p"], "1")
        #expect(first.count == 64)
        #expect(try digest(["x", "a", "b"], "1") == first)
        #expect(try digest(["r", "p"], "2") != first)
        #expect(try digest(["r", "p"], "1", period: "2021-01/2021-11") != first)
    }

    // MARK: What is refused

    @Test func pathsNeverLeaveTheDelivery() throws {
        for path in ["../secret", "/etc/passwd", "a/../../b", "", ".", "a//b", "a\\\\b", "./a"] {
            let inbox = try TestInbox().registry(codes)
            try inbox.manifest("p", manifest(path: path))
            #expect(refusal(inbox).contains("must stay inside the delivery"), "\(path)")
        }
        let inbox = try TestInbox().registry(codes)
        try inbox.manifest("p", manifest(path: "link.csv"))
        try FileManager.default.createSymbolicLink(
            atPath: inbox.folder + "/p/link.csv", withDestinationPath: "/etc/passwd")
        #expect(refusal(inbox).contains("not a link"))
        try inbox.manifest("p", manifest(path: "sub/x.csv"))
        try FileManager.default.createSymbolicLink(
            atPath: inbox.folder + "/p/sub", withDestinationPath: "/etc")
        #expect(refusal(inbox).contains("not a link"))
    }

    private func manifest(
        path: String, bytes: Int = 0, hash: String = "sha256:" + String(repeating: "0", count: 64)
    ) -> String {
        """
        {"name": "p", "created": "2022-02-10T08:00:00+08:00",
         "mujun": {"feed": "power", "period": {"from": "2021-01", "to": "2021-12"}},
         "resources": [{"path": "\(path)", "bytes": \(bytes), "hash": "\(hash)"}]}
        """
    }

    @Test func manifestsThatSayNothingUsable() throws {
        for (json, part) in [
            ("{]", "no JSON"), ("{}}", "no JSON"), ("[]", "must be an object"), ("{}", "`name` is missing"),
            (manifest(path: "x", hash: "md5:0"), "sha256"), (manifest(path: "x", bytes: -1), "negative"),
            (manifest(path: "x").replacingOccurrences(of: "\"power\"", with: "\"gas\""), "no feed `gas`"),
            (manifest(path: "x").replacingOccurrences(of: "2021-12", with: "2020-12"), "period"),
            (
                manifest(path: "x").replacingOccurrences(of: "\"to\": \"2021-12\"", with: "\"to\": 12"),
                "mujun.period.to"
            ),
            (manifest(path: "x").replacingOccurrences(of: "+08:00", with: ""), "created"),
            (
                manifest(path: "x").replacingOccurrences(
                    of: "\"bytes\"", with: "\"encoding\": \"big5\", \"bytes\""), "utf-8"
            ),
            (
                manifest(path: "x").replacingOccurrences(
                    of: "\"power\", \"period\": {\"from\": \"2021-01\", \"to\": \"2021-12\"}",
                    with: "\"power\""), "needs mujun.period"
            ),
            (String(repeating: "[", count: 100_000), "nested too deep"),
            (
                manifest(path: "x").replacingOccurrences(of: "\"bytes\": 0", with: "\"bytes\": 1e400"),
                "whole number"
            ),
            (
                manifest(path: "x").replacingOccurrences(
                    of: "\"bytes\": 0", with: "\"bytes\": 99999999999999999999"),
                "`resources[0].bytes` must be a whole number"
            ),
            (
                manifest(path: "x").replacingOccurrences(of: "\"hash\"", with: "\"path\": \"y\", \"hash\""),
                "line 3, column 42: this is no JSON: the key `path` stands twice"
            ),
        ] {
            let inbox = try TestInbox().registry(codes)
            try inbox.manifest("p", json)
            try Data().write(to: URL(fileURLWithPath: inbox.folder + "/p/x"))
            #expect(refusal(inbox).contains(part), "\(json.prefix(200)): \(refusal(inbox))")
            #expect(refusal(inbox).contains("/p/datapackage.json"))
        }
    }

    @Test func changedFilesAreNoticed() throws {
        let inbox = try TestInbox().registry(codes).deliver(
            "p", "power", "2021-01/2021-12", power("2021-01", "1"))
        let path = inbox.folder + "/p/p.csv"
        try power("2021-01", "2").write(toFile: path, atomically: false, encoding: .utf8)
        #expect(refusal(inbox).contains("the file has sha256:"))
        try (power("2021-01", "2") + " ").write(toFile: path, atomically: false, encoding: .utf8)
        #expect(refusal(inbox).contains("bytes"))
    }

    /// While a delivery is being copied, the older one counts, and the run says so.
    @Test func deliveriesThatAreStillBeingCopied() throws {
        let inbox = try TestInbox().registry(codes).deliver(
            "a", "power", "2021-01/2021-12", power("2021-01", "1"))
        try inbox.deliver("b", "power", "2021-01/2021-12", power("2021-01", "2"))
        let manifest = try String(contentsOfFile: inbox.folder + "/b/datapackage.json", encoding: .utf8)
        let file = try Data(contentsOf: URL(fileURLWithPath: inbox.folder + "/b/b.csv"))
        #expect(try kwh(inbox) == 2)
        for length in 0..<manifest.utf8.count - 1 {
            try Data(manifest.utf8.prefix(length)).write(
                to: URL(fileURLWithPath: inbox.folder + "/b/datapackage.json"))
            let found = try inbox.survey(["power"]).findings.filter { $0.code == "delivery_incomplete" }
            #expect(found.map(\.delivery) == ["b"], "\(length)")
        }
        #expect(try kwh(inbox) == 1)
        try inbox.manifest("b", manifest)
        for length in 0..<file.count {
            try file.prefix(length).write(to: URL(fileURLWithPath: inbox.folder + "/b/b.csv"))
            let survey = try inbox.survey(["power"])
            #expect(survey.files.map(\.delivery) == ["a", "registry"])
            #expect(survey.findings.contains { $0.code == "delivery_incomplete" && $0.feed == "power" })
        }
        try FileManager.default.removeItem(atPath: inbox.folder + "/b/b.csv")
        #expect(try kwh(inbox) == 1)
        try file.write(to: URL(fileURLWithPath: inbox.folder + "/b/b.csv"))
        #expect(try kwh(inbox) == 2)
        // Without another delivery there is nothing to count.
        try FileManager.default.removeItem(atPath: inbox.folder + "/a")
        try file.dropLast().write(to: URL(fileURLWithPath: inbox.folder + "/b/b.csv"))
        #expect(refusal(inbox).contains("required feed `power` (用电). Of it `b` is not complete"))
        try (file + [0x0a]).write(to: URL(fileURLWithPath: inbox.folder + "/b/b.csv"))
        #expect(
            refusal(inbox).contains("the manifest says \(file.count) bytes, the file has \(file.count + 1)"))
    }

    @Test func feedsThatAreNotThere() throws {
        #expect(refusal(try TestInbox(), []).contains("holds no delivery"))
        let inbox = try TestInbox().registry(codes)
        let refusal = refusal(inbox, ["power", "tax"])
        #expect(
            refusal.split(separator: "\n") == [
                "\(inbox.folder): nothing was delivered for the required feed `power` (用电). Ask the department (供电公司) for it.",
                "\(inbox.folder): nothing was delivered for the required feed `tax` (税收). Ask the department (税务局) for it.",
            ])
        let survey = try inbox.survey(["event"])
        #expect(survey.findings.map(\.code) == ["feed_missing"] && survey.findings[0].feed == "event")
        #expect(throws: IntakeError.self) {
            try Inbox.survey(
                folder: "/nowhere", contracts: [], feeds: [], dataYear: 2021, asOf: Texts.asOf, threads: 1)
        }
    }

    @Test func foldersWithoutAManifestAreReported() throws {
        let inbox = try TestInbox().registry(codes)
        try FileManager.default.createDirectory(
            atPath: inbox.folder + "/loose", withIntermediateDirectories: true)
        // A name that is no UTF-8.
        let name: [CChar] = Array((inbox.folder + "/x").utf8CString.dropLast()) + [-1, 0]
        #expect(mkdir(name, 0o750) == 0)
        let codes = try inbox.survey([]).findings.map(\.code)
        #expect(codes == ["delivery_without_manifest", "delivery_without_manifest"])
        rmdir(name)
    }

    /// Reading a pipe would wait for ever.
    @Test func manifestsThatAreNoPlainFiles() throws {
        let inbox = try TestInbox().registry(codes)
        try FileManager.default.createDirectory(
            atPath: inbox.folder + "/p", withIntermediateDirectories: true)
        #expect(mkfifo(inbox.folder + "/p/datapackage.json", 0o640) == 0)
        #expect(refusal(inbox).contains("/p/datapackage.json: must be a plain file"))
    }

    @Test func inboxesThatCannotBeRead() throws {
        let inbox = try TestInbox()
        try Data().write(to: URL(fileURLWithPath: inbox.folder + "/file"))
        for (folder, reason) in [("/none", "there is no such folder"), ("/file", "this is no folder")] {
            let error = try #require(throws: IntakeError.self) {
                try Inbox.survey(
                    folder: inbox.folder + folder, contracts: [], feeds: [], dataYear: 2021, asOf: Texts.asOf,
                    threads: 1)
            }
            #expect(error.kind == .unreadable && error.message.contains(reason))
        }
    }

    // MARK: Archive

    @Test func theArchiveKeepsFilesUnchanged() throws {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver(
            "p", "power", "2021-01/2021-12",
            files: [("p.csv.gz", Gzip.member(Array(Texts.power([(codes[0], "2021-01", "5")]).utf8)))])
        let survey = try inbox.survey(["power"])
        let archive = inbox.folder + "/.archive"
        try Archive.keep(survey, in: archive)
        try Archive.keep(survey, in: archive)
        #expect(throws: IntakeError.self) {
            let grown = inbox.folder + "/p/p.csv.gz"
            try FileManager.default.removeItem(atPath: grown)
            try Data([0x1f]).write(to: URL(fileURLWithPath: grown))
            try Archive.keep(survey, in: archive + "/other")
        }
        for file in survey.files {
            let path = Archive.path(of: file.sha256, file.container, in: archive)
            #expect(try FileDigest.measure(path).sha256 == file.sha256)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode.map { $0 & 0o337 } == 0)
            #expect(
                try FileManager.default.contentsOfDirectory(
                    atPath: (path as NSString).deletingLastPathComponent
                ).count == 1)
        }
    }
}
