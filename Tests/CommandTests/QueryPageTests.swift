import Foundation
import Testing

/// The saved questions under Samples/queries, asked of the sample county; Docs/queries.md holds their answers.
@Suite struct QueryPageTests {
    private struct Query {
        let file: String
        let title: String
        let question: String
        let parameters: [(name: String, value: String)]
    }

    private static let folder = repository.appendingPathComponent("Samples/queries")
    private static let rowsShown = 6
    private static let charactersShown = 60

    private func queries() throws -> [Query] {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        return try names.filter { $0.hasSuffix(".sql") }.sorted().map { name in
            let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
            let head = text.split(separator: "\n").prefix { $0.hasPrefix("-- ") }.map {
                String($0.dropFirst(3))
            }
            let (title, question) = (try #require(head.first), try #require(head.dropFirst().first))
            let parameters = head.dropFirst(2).compactMap { line in
                line.wholeMatch(of: /:([a-z_]+) = (\S+)/).map { (String($0.1), String($0.2)) }
            }
            return Query(file: name, title: title, question: question, parameters: parameters)
        }
    }

    private func answer(_ query: Query, _ county: County) throws -> (header: [String], rows: [[String]]) {
        let settings = query.parameters.map { "'.parameter set :\($0.name) \($0.value)' " }.joined()
        let outcome = try Executable.shell(
            """
            sqlite3 -readonly -list -header -separator $'\\x1f' -newline $'\\x1e' '\(county.store)' \(settings) \
            ".read '\(Self.folder.path)/\(query.file)'"
            """)
        #expect(outcome.exitCode == 0 && outcome.errors.isEmpty, "\(query.file): \(outcome.errors)")
        let lines = outcome.output.split(separator: "\u{1E}").map { line in
            line.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
        }
        return (lines.first ?? [], Array(lines.dropFirst()))
    }

    private func cell(_ text: String) -> String {
        let cut =
            text.count > Self.charactersShown ? String(text.prefix(Self.charactersShown)) + "…" : text
        return cut.replacing("|", with: "\\|").replacing("\n", with: " ")
    }

    private func section(_ query: Query, _ answer: (header: [String], rows: [[String]])) -> String {
        var lines = [
            "## \(query.title)", "",
            "\(query.question) → [`\(query.file)`](../Samples/queries/\(query.file))", "",
        ]
        if !query.parameters.isEmpty {
            let asked = query.parameters.map { "`:\($0.name)` = \($0.value)" }.joined(separator: ", ")
            lines += ["Asked for \(asked):", ""]
        }
        if answer.rows.isEmpty {
            lines += ["No rows."]
        } else {
            let rule = answer.header.map { _ in "---" }
            lines += ([answer.header, rule] + answer.rows.prefix(Self.rowsShown)).map { row in
                "| " + row.map(cell).joined(separator: " | ") + " |"
            }
            let rest = answer.rows.count - Self.rowsShown
            if rest > 0 { lines += ["", "… and \(rest) more rows."] }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `UPDATE_QUERIES=1 swift test --filter QueryPageTests` writes the page anew.
    @Test func thePageHoldsTheAnswers() throws {
        let county = try County()
        // With the method of the sample workspace, as Scripts/run-sample uses it.
        try county.edit(county.folder + "/mujun.yaml") {
            $0.replacing(
                /method: [^ ]+/, with: "method: \(repository.path)/Samples/methods/yongkang-2021.yaml")
        }
        #expect(try county.run().exitCode == 0)
        let head = """
            # Auditors' questions (审计常用查询)

            A saved set of questions to the store, `Samples/queries`. They use the documented [tables and views](store.md) only, so
            that they work on every store; most show all data years. Ask one with the `sqlite3` shell:

            ```
            sqlite3 -readonly -box mujun.sqlite ".read Samples/queries/02-tiers-by-cohort.sql"
            sqlite3 -readonly -box mujun.sqlite ".parameter set :code 91330784709455168Y" ".read Samples/queries/21-one-firm.sql"
            ```

            or all of them as pages in a browser, with [Datasette](operate.md#datasette). A first line of a file is its title, the
            second the question; what you put into a folder of your own in the same form, Datasette shows as well.

            Below are the answers for the invented county of 1,200 firms (`Scripts/run-sample`), at most \(Self.rowsShown) rows of each.
            A test asks anew and compares.


            """
        var sections: [String] = []
        for query in try queries() { sections.append(section(query, try answer(query, county))) }
        #expect(sections.count >= 20)
        let page = head + sections.joined(separator: "\n")
        let file = repository.appendingPathComponent("Docs/queries.md")
        if ProcessInfo.processInfo.environment["UPDATE_QUERIES"] == "1" {
            try Data(page.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == page)
    }

    /// A question that finds nothing may be a question that can find nothing.
    @Test func questionsThatFindNothingFindWhatIsPlanted() throws {
        let county = try County()
        #expect(try county.run().exitCode == 0)
        let planted = [
            "01-accounting.sql":
                "DELETE FROM result WHERE run = 1 AND firm = 0",
            "06-decision-without-document.sql":
                "UPDATE decision_applied SET document = ' ' WHERE firm = (SELECT min(firm) FROM decision_applied)",
            "07-overruled-decisions.sql":
                "UPDATE decision_applied SET overruled = 1 WHERE firm = (SELECT min(firm) FROM decision_applied)",
            "09-last-tier-on-no-list.sql":
                "DELETE FROM list_entry WHERE firm = (SELECT min(firm) FROM result WHERE tier = 'D')",
            "12-equal-totals.sql":
                "UPDATE result SET rank = 1 WHERE rank = 2",
            "20-one-name-several-codes.sql":
                "UPDATE result SET name = (SELECT name FROM result WHERE firm = 5) WHERE firm = 9",
        ]
        for query in try queries() {
            guard let change = planted[query.file] else { continue }
            let before = try answer(query, county).rows
            #expect(try Executable.shell("sqlite3 '\(county.store)' \"\(change)\"").exitCode == 0)
            #expect(try answer(query, county).rows != before, "\(query.file)")
        }
    }
}
