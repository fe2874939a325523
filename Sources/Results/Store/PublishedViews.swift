extension Views {
    /// The views of publications: which there are, which counts in each data year, and what the views of the latest runs
    /// show of those that count.
    static let published =
        [
            """
            CREATE VIEW current_publication AS
            -- The publication that counts in each data year: the last, unless it is a withdrawal.
            SELECT * FROM publication
            WHERE number IN (SELECT max(number) FROM publication GROUP BY data_year) AND action <> 'withdrawn'
            """,
            """
            CREATE VIEW published_run AS
            -- The run that is published in each data year (公示, 定稿), with its document.
            SELECT run.*, publication.number AS publication, publication.version, publication.document,
                publication.published_on, publication.until
            FROM current_publication AS publication JOIN run ON run.id = publication.run
            """,
        ]
        + statements.compactMap { statement in
            shown.first { statement.hasPrefix("CREATE VIEW \($0) AS") }.map { name in
                statement.replacing(
                    "CREATE VIEW \(name) AS", with: "CREATE VIEW published_\(name) AS\n-- As published:"
                )
                .replacing("FROM latest_run AS run", with: "FROM published_run AS run")
                .replacing("FROM list_member", with: "FROM published_list_member")
                .replacing("run.stage, ", with: "run.stage, run.document, ")
                .replacing("data_year, stage, run,", with: "data_year, stage, document, run,")
            }
        }

    private static let shown = [
        "evaluation", "ranking", "list_member", "rectification", "elimination_candidate", "firm_decision",
        "tier_cut",
        "statistic_value",
    ]
}
