import Foundation
import Testing

/// Whatever ends a run at whatever moment: the store holds the old results or the new ones.
@Suite(.serialized) struct InterruptionTests {
    @Test func killedFiftyTimes() throws {
        let county = try County(firms: 600)
        #expect(try county.run().exitCode == 0)
        var identity = try county.sql("SELECT identity FROM run ORDER BY id DESC LIMIT 1")
        var random = SystemRandomNumberGenerator()
        var recorded = 0
        for round in 0..<50 {
            try county.setAsOf("2022-0\(6 + round % 3)-\(10 + round % 18)")
            let run = try Running(Executable.path, ["run", "--workspace", county.folder])
            usleep(UInt32.random(in: 0...900_000, using: &random))
            kill(run.process.processIdentifier, SIGKILL)
            _ = run.wait()
            #expect(try county.sql("PRAGMA integrity_check") == "ok")
            let newest = try county.sql("SELECT identity FROM run ORDER BY id DESC LIMIT 1")
            if newest != identity { recorded += 1 }
            identity = newest
            // What a run promises to hold, it holds: all of its firms with all of their values.
            let table = try county.sql("SELECT values_table FROM method ORDER BY id DESC LIMIT 1")
            let whole = try county.sql(
                """
                SELECT min(firms = (SELECT count(*) FROM result WHERE result.run = run.id)) FROM run;
                SELECT count(*) FROM "\(table)" WHERE run NOT IN (SELECT id FROM run);
                SELECT count(*) FROM result WHERE run NOT IN (SELECT id FROM run)
                """)
            #expect(whole == "1\n0\n0")
        }
        // And the next run simply works.
        try county.setAsOf("2022-12-01")
        #expect(try county.run().exitCode == 0)
        #expect(try county.sql("SELECT as_of FROM run ORDER BY id DESC LIMIT 1") == "2022-12-01")
    }

    @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
    func signalsEndARunInOrder(signal: Int32, exitCode: Int32) throws {
        let county = try County(firms: 2000)
        try county.setAsOf("2022-06-01")
        #expect(try county.run().exitCode == 0)
        let before = try county.results()
        try county.setAsOf("2022-06-02")
        let run = try Running(Executable.path, ["run", "--workspace", county.folder])
        // The attempt is in the journal as soon as signals are handled.
        while try county.sql("SELECT count(*) FROM attempt") == "1" { usleep(1000) }
        usleep(50_000)
        kill(run.process.processIdentifier, signal)
        let outcome = run.wait()
        guard outcome.exitCode != 0 else { return }  // It was done before the signal came.
        #expect(outcome.exitCode == exitCode, "\(outcome.errors)")
        #expect(outcome.errors.contains("nothing was recorded"))
        #expect(try county.results() == before)
        #expect(
            try county.sql("SELECT exit_code FROM attempt ORDER BY id DESC LIMIT 1") == "\(exitCode)")
    }
}
