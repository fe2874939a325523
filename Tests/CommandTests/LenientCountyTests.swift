import Foundation
import Testing

/// A county delivered twice: once exactly as the contracts say, once in every other way that they take.
@Suite struct LenientCountyTests {
    @Test func theSameCountyInOtherWordsHasTheSameResults() throws {
        let clean = try County(firms: 300, seed: 8)
        let lenient = try County(firms: 300, seed: 8)
        try FileManager.default.removeItem(atPath: lenient.inbox)
        let made = try Executable.run(
            "sample", "--firms", "300", "--seed", "8", "--lenient", "--out", lenient.inbox)
        #expect(made.exitCode == 0, "\(made.errors)")
        #expect(try clean.run().exitCode == 0)
        let run = try lenient.run()
        #expect(run.exitCode == 0, "\(run.output) \(run.errors)")
        let digest = try clean.sql("SELECT result_digest FROM run")
        #expect(try lenient.sql("SELECT result_digest FROM run") == digest)
        #expect(
            try lenient.sql("SELECT inputs_digest FROM run") != clean.sql("SELECT inputs_digest FROM run"))
        // Every leniency was needed, and counted; nothing else was found that the clean county has not.
        let codes =
            "SELECT group_concat(code, ' ') FROM (SELECT DISTINCT code FROM finding_count ORDER BY code)"
        #expect(
            try lenient.sql(codes)
                == "firm_missing lenient_blanks lenient_brackets lenient_dates lenient_full_width lenient_headers "
                + "lenient_plus lenient_thousands lenient_title_rows lenient_total_rows lenient_trailing_zeros "
                + "lenient_units")
        #expect(try clean.sql(codes) == "firm_missing")
        let firms = "SELECT group_concat(code || name || town) FROM (SELECT * FROM evaluation ORDER BY code)"
        #expect(try clean.sql(firms) == lenient.sql(firms))
    }

    /// The delivered lines are shown as text, and as they were delivered.
    @Test func explainShowsTheLinesAsText() throws {
        let county = try County(firms: 300, seed: 8)
        try FileManager.default.removeItem(atPath: county.inbox)
        let made = try Executable.run(
            "sample", "--firms", "300", "--seed", "8", "--lenient", "--out", county.inbox)
        #expect(made.exitCode == 0)
        #expect(try county.run().exitCode == 0)
        let code = try county.sql("SELECT min(code) FROM evaluation WHERE state = 'graded'")
        let lines = try county.mujun("explain", code, "--rows")
        #expect(lines.exitCode == 0, "\(lines.errors)")
        #expect(lines.output.contains("增值税净入库（万元）") && !lines.output.contains("\u{fffd}"))
        // All months of the year, in whatever form the code stands there.
        for month in ["01", "06", "12"] { #expect(lines.output.contains("tax-2021-\(month)")) }
    }
}
