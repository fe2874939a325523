import GRDB

/// The views, for people: the latest run of each data year, firms by their credit codes, numbers
/// with their decimals. Each answers a question of an auditor in one line of SQL (Docs/store.md).
///
/// They hold no data, so a migration that changes them or their tables makes all of them anew.
enum Views {
    static func drop(_ db: Database) throws {
        // Those over the tables of single methods are made with the tables.
        let views = try String.fetchAll(
            db, sql: "SELECT name FROM sqlite_schema WHERE type = 'view' AND name NOT GLOB 'firm_values_*'")
        for view in views { try db.execute(sql: "DROP VIEW \"\(view)\"") }
    }

    static func make(_ db: Database) throws {
        for statement in statements { try db.execute(sql: statement) }
        // Those of publications, once a migration has made the table that they read.
        guard try db.tableExists("publication") else { return }
        for statement in published { try db.execute(sql: statement) }
    }

    static let statements = [
        """
        CREATE VIEW latest_run AS
        -- The latest run of each data year.
        SELECT * FROM run WHERE id IN (SELECT max(id) FROM run GROUP BY data_year)
        """,
        """
        CREATE VIEW evaluation AS
        -- Every firm of the registry, ranked or not (评价结果).
        SELECT \(firm), state.class_label, result.state, state.label AS state_label,
            \(standing)
        FROM latest_run AS run
            JOIN result ON result.run = run.id
            \(labels)
        """,
        """
        CREATE VIEW ranking AS
        -- The ranked firms, best first in each cohort (评价排名).
        SELECT \(firm),
            \(standing)
        FROM latest_run AS run
            JOIN result ON result.run = run.id AND result.rank IS NOT NULL
            \(labels)
        ORDER BY run.data_year, cohort.position, result.part, result.rank, result.code
        """,
        """
        CREATE VIEW list_member AS
        -- The firms on each list of the method, one row per list and firm, with all grounds.
        SELECT list.name AS list, list.label AS list_label, \(firm), result.state,
            state.label AS state_label,
            \(standing),
            (SELECT group_concat(label, '；') FROM (\(grounds))) AS grounds,
            (SELECT group_concat(label || '：' || evidence, '。') FROM (\(grounds))) AS evidence
        FROM latest_run AS run
            JOIN list ON list.method = run.method
            JOIN result ON result.run = run.id
            -- CROSS: firm first, so that a question about one firm does not read the whole list.
            CROSS JOIN list_entry AS entry ON entry.run = run.id AND entry.list = list.name
                AND entry.firm = result.firm
            \(labels)
        -- The first entry of a firm stands for all of them.
        WHERE NOT EXISTS (SELECT * FROM list_entry AS other WHERE other.run = entry.run
            AND other.list = entry.list AND other.firm = entry.firm AND other.ground < entry.ground)
        """,
        list("rectification", "整治提升清单"),
        list("elimination_candidate", "淘汰落后候选清单"),
        """
        CREATE VIEW firm_decision AS
        -- The decisions that held for a firm (一票否决, 人工认定 …), highest priority first.
        SELECT run.data_year, run.stage, run.id AS run, result.code, result.name, result.initial_tier,
            applied.label AS decision, applied.effect, applied.tier AS effect_tier, applied.priority,
            applied.overruled, result.tier, applied.reason, applied.document
        FROM latest_run AS run
            JOIN decision_applied AS applied ON applied.run = run.id
            JOIN result ON result.run = run.id AND result.firm = applied.firm
        ORDER BY run.data_year, result.code, applied.position
        """,
        """
        CREATE VIEW missing_value AS
        -- Values of feeds that are missing although the feed has a row for the firm.
        SELECT run.data_year, run.stage, run.id AS run, result.code, result.name, node.name AS node,
            node.label, missing.cause
        FROM latest_run AS run
            JOIN missing_cause AS missing ON missing.run = run.id
            JOIN result ON result.run = run.id AND result.firm = missing.firm
            JOIN node ON node.method = run.method AND node.name = missing.node
        """,
        """
        CREATE VIEW tier_cut AS
        -- Where each tier ends in each cohort or part of it: base, quota and the total of its last firm.
        SELECT run.data_year, run.stage, run.id AS run, cut.cohort, cohort.label AS cohort_label, cut.part,
            cut.tier, cut.base, cut.up_to, cut.firms, cut.last_total * 1.0 / run.total_scale AS last_total, cut.tied
        FROM latest_run AS run
            JOIN cut ON cut.run = run.id
            LEFT JOIN cohort ON cohort.method = run.method AND cohort.name = cut.cohort
        ORDER BY run.data_year, cohort.position, cut.part, cut.position
        """,
        """
        CREATE VIEW statistic_value AS
        -- Means, medians and other numbers computed from many firms.
        SELECT run.data_year, run.stage, run.id AS run, statistic.name, statistic.label, statistic.cohort,
            statistic.category, statistic.value * 1.0 / statistic.scale AS value, statistic.unit,
            statistic.count
        FROM latest_run AS run
            JOIN statistic ON statistic.run = run.id
        """,
        """
        CREATE VIEW latest_finding AS
        -- What was wrong in the data of each data year (数据问题), line by line; samples, as in finding. Attempts:
        -- the one that recorded the latest run, and a newer one when that was refused (column outcome).
        SELECT told.data_year, told.outcome, told.run, \(finding)
        FROM (\(told)) AS told
            JOIN finding ON finding.attempt = told.attempt
        """,
        """
        CREATE VIEW latest_finding_count AS
        -- How many findings of each kind the attempts of latest_finding had in truth.
        SELECT told.data_year, told.outcome, told.run, finding_count.*
        FROM (\(told)) AS told
            JOIN finding_count ON finding_count.attempt = told.attempt
        """,
    ]

    // What several views share.

    private static let firm = """
        run.data_year, run.stage, run.id AS run, result.code, result.name, result.town, result.industry
        """
    private static let standing = """
        result.cohort, cohort.label AS cohort_label, result.part, result.unit, result.total * 1.0 / run.total_scale AS total,
            result.rank, result.initial_tier, result.tier
        """
    private static let labels = """
        LEFT JOIN cohort ON cohort.method = run.method AND cohort.name = result.cohort
            LEFT JOIN state ON state.method = run.method AND state.name = result.state
        """
    private static let grounds = """
        SELECT ground.label, each.evidence FROM list_entry AS each
                JOIN ground ON ground.method = run.method AND ground.list = each.list
                    AND ground.name = each.ground
                WHERE each.run = entry.run AND each.list = entry.list AND each.firm = entry.firm
                ORDER BY ground.position
        """
    private static let finding = """
        finding.attempt, finding.severity, finding.code, finding.feed,
            finding.delivery, finding.file, finding.line, finding.byte, finding.header, finding.chinese,
            finding.english, finding.row_text
        """
    /// The attempts whose findings tell about a data year. One that found nothing changed has none of its own.
    private static let told = """
        SELECT run.data_year, 'recorded' AS outcome, run.id AS run, min(attempt.id) AS attempt
                FROM latest_run AS run JOIN attempt ON attempt.run = run.id GROUP BY run.id
            UNION ALL
            SELECT data_year, 'refused', NULL, id FROM attempt
                WHERE run IS NULL AND id IN (SELECT max(id) FROM attempt
                    WHERE data_year IS NOT NULL AND (run IS NOT NULL OR exit_code = 65) GROUP BY data_year)
        """

    private static func list(_ name: String, _ title: String) -> String {
        """
        CREATE VIEW \(name) AS
        -- \(title): the firms of list_member on this list.
        SELECT data_year, stage, run, code, name, town, industry, cohort, cohort_label, part, unit,
            state, state_label, total, rank, initial_tier, tier, grounds, evidence
        FROM list_member WHERE list = '\(name)'
        """
    }
}
