import GRDB

/// What one run says otherwise than another about the firms: what people were told, and now are told differently.
///
/// Ranks are not among it: one firm that moves shifts all below it. `mujun diff` shows them, and the causes.
enum Changes {
    /// The rows of `publication_change` but the publication itself, in the order of the key.
    static let query = """
        WITH old AS (SELECT * FROM result WHERE run = :old), new AS (SELECT * FROM result WHERE run = :new),
            moved AS (
                SELECT new.code, new.name, old.firm AS old_firm, new.firm AS new_firm FROM new JOIN old USING (code)
                WHERE (old.state, old.cohort, old.part, old.unit, old.total, old.tier)
                    IS NOT (new.state, new.cohort, new.part, new.unit, new.total, new.tier)
                UNION ALL SELECT code, name, NULL, firm FROM new WHERE code NOT IN (SELECT code FROM old)
                UNION ALL SELECT code, name, firm, NULL FROM old WHERE code NOT IN (SELECT code FROM new)),
            both AS (
                SELECT moved.code, moved.name, item.item,
                    CASE item.item WHEN 'state' THEN old.state WHEN 'cohort' THEN old.cohort WHEN 'part' THEN old.part
                        WHEN 'unit' THEN old.unit WHEN 'tier' THEN old.tier ELSE \(total("old")) END AS old,
                    CASE item.item WHEN 'state' THEN new.state WHEN 'cohort' THEN new.cohort WHEN 'part' THEN new.part
                        WHEN 'unit' THEN new.unit WHEN 'tier' THEN new.tier ELSE \(total("new")) END AS new
                FROM moved
                    JOIN (SELECT column1 AS item
                        FROM (VALUES ('state'), ('cohort'), ('part'), ('unit'), ('total'), ('tier'))) AS item
                    LEFT JOIN result AS old ON old.run = :old AND old.firm = moved.old_firm
                    LEFT JOIN result AS new ON new.run = :new AND new.firm = moved.new_firm),
            old_list AS (SELECT DISTINCT list, code, name FROM list_entry JOIN result USING (run, firm) WHERE run = :old),
            new_list AS (SELECT DISTINCT list, code, name FROM list_entry JOIN result USING (run, firm) WHERE run = :new)
        SELECT code, item, name, old, new FROM both WHERE old IS NOT new
        UNION ALL SELECT code, 'list:' || list, name, NULL, '1' FROM new_list
            WHERE (list, code) NOT IN (SELECT list, code FROM old_list)
        UNION ALL SELECT code, 'list:' || list, name, '1', NULL FROM old_list
            WHERE (list, code) NOT IN (SELECT list, code FROM new_list)
        ORDER BY 1, 2
        """

    /// A total as text with its decimals, exactly.
    private static func total(_ side: String) -> String {
        """
        (SELECT CASE WHEN run.total_decimals = 0 THEN CAST(\(side).total AS TEXT) ELSE
                    CASE WHEN \(side).total < 0 THEN '-' ELSE '' END || (abs(\(side).total) / run.total_scale) || '.'
                    || substr(printf('%020d', abs(\(side).total) % run.total_scale), -run.total_decimals) END
                FROM run WHERE run.id = \(side).run AND \(side).total IS NOT NULL)
        """
    }

    static func record(_ publication: Int64, run: Int64, before: Int64, _ db: Database) throws {
        guard run != before else { return }
        try db.execute(
            sql: "INSERT INTO publication_change SELECT :publication, * FROM (\(query))",
            arguments: ["publication": publication, "old": before, "new": run])
    }
}
