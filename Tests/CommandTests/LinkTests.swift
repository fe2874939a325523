import Foundation
import Testing

/// The linking report, and what was confirmed with it, as the evaluation office goes about it.
@Suite struct LinkTests {
    @Test func theFormComesBackAsConfirmedLinks() throws {
        let county = try County(firms: 1200)
        let first = try county.run()
        #expect(first.exitCode == 0 && first.output.contains("未填代码"), "\(first.errors)")
        let kwh =
            "SELECT sum(accepted) FROM link_count WHERE run = (SELECT max(id) FROM run) AND feed = 'power'"
        let linked = try #require(Int(county.sql(kwh)))
        let unlinked = try #require(
            Int(county.sql("SELECT sum(unused) FROM link_count WHERE run = 1 AND way = 'blank'")))
        #expect(unlinked > 0)

        let links = try county.mujun("export", "links", "--to", "csv")
        #expect(links.output.contains("候选1相似度") && links.output.contains("名称 "))
        let rates = try county.mujun("export", "link_rates", "--to", "json")
        #expect(rates.exitCode == 0 && rates.output.contains("\"税收\""))
        #expect(try county.mujun("export", "links", "--to", "csv", "--town", "某某镇").exitCode == 64)

        // A person keeps the lines that have a firm, and signs them.
        let form = try county.mujun("export", "link_form", "--to", "csv").output
        let lines = form.split(whereSeparator: \.isNewline).map(String.init)
        let kept = lines.dropFirst().filter { !$0.contains(",,,,") && $0.hasSuffix(",,,") }.map {
            String($0.dropLast(2)) + "某局,2022-05-10,某文1号"
        }
        #expect(!kept.isEmpty)
        let delivery = county.inbox + "/link-2022-05"
        try FileManager.default.createDirectory(atPath: delivery, withIntermediateDirectories: true)
        try ([lines[0]] + kept).joined(separator: "\r\n").write(
            toFile: delivery + "/link.csv", atomically: true, encoding: .utf8)
        let made = try Executable.shell(
            """
            cd '\(delivery)' && cat > datapackage.json <<END
            {"name": "link-2022-05", "created": "2022-05-10T08:00:00+08:00",
             "mujun": {"feed": "link", "period": {"from": "2022-05", "to": "2022-05"}},
             "resources": [{"path": "link.csv", "bytes": $(stat -c %s link.csv),
              "hash": "sha256:$(sha256sum link.csv | cut -c1-64)"}]}
            END
            """)
        #expect(made.exitCode == 0)
        let second = try county.run()
        #expect(second.exitCode == 0 && second.output.contains("人工确认"), "\(second.errors)")
        let confirmed = try #require(
            Int(county.sql("SELECT sum(accepted) FROM link_count WHERE run = 2 AND way = 'confirmed'")))
        #expect(confirmed > 0)
        #expect(try Int(county.sql(kwh)) == linked + confirmed)
        // Over the ways of every relation, the accepted rows are those of the files.
        #expect(
            try county.sql(
                """
                SELECT count(*) FROM (SELECT run, feed, relation, sum(accepted) AS accepted FROM link_count
                    GROUP BY run, feed, relation) AS link
                WHERE accepted <> (SELECT sum(accepted) FROM input_file
                    WHERE input_file.run = link.run AND input_file.feed = link.feed)
                """) == "0")
    }

    /// Rows of a firm follow to its successor when the method says so; `diff` knows that the method did it.
    @Test func historyFollowsWhereTheMethodSaysSo() throws {
        let county = try County()
        #expect(try county.run().exitCode == 0)
        try county.edit(county.method) { $0 + "\nlinking: {successors: follow, source: 某文}\n" }
        let run = try county.run()
        #expect(run.exitCode == 0 && run.output.contains("承继企业"), "\(run.errors)")
        #expect(
            try county.sql(
                "SELECT count(*) FROM run WHERE id = 2 AND result_digest <> (SELECT result_digest FROM run WHERE id = 1)"
            )
                == "1")
        let diff = try county.mujun("diff", "1", "2")
        #expect(diff.exitCode == 0 && diff.output.contains("数据关联"), "\(diff.errors)")
        #expect(diff.output.components(separatedBy: "(same result digest)").count == 3, "\(diff.output)")
    }
}
