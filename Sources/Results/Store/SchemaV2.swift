/// Parts of cohorts, firms that are evaluated as one, second selections, amounts on lists. ``SchemaV1`` stays as it was
/// shipped.
enum SchemaV2 {
    static let statements = [
        // Comments stand inside, because SQLite keeps what stands there.
        "ALTER TABLE result ADD COLUMN part /* of a cohort ranked and cut in parts (分组); NULL: it stays whole */ TEXT",
        "ALTER TABLE result ADD COLUMN unit /* shared by firms evaluated as one (合并评价); NULL: alone */ TEXT",
        """
        ALTER TABLE run ADD COLUMN units /* how many times firms were evaluated as one; see result.unit */
            INTEGER NOT NULL DEFAULT 0
        """,
        "ALTER TABLE list ADD COLUMN amount /* the node that says what each firm is charged or granted */ TEXT",
        "ALTER TABLE list ADD COLUMN amount_decimals INTEGER",
        "ALTER TABLE list_entry ADD COLUMN amount /* times 10^list.amount_decimals; a unit's stands with the leading firm */ INTEGER",
        "ALTER TABLE cut RENAME TO cut_of_whole_cohorts",
        """
        CREATE TABLE cut (
            -- Where a tier ends in a cohort, or in a part of it.
            run INTEGER NOT NULL REFERENCES run (id),
            cohort TEXT NOT NULL,
            part TEXT NOT NULL,         -- see result.part; empty when the cohort stays whole
            position INTEGER NOT NULL,  -- of the tier, from the best
            tier TEXT NOT NULL,
            base INTEGER NOT NULL,      -- firms of which the quota is taken
            up_to INTEGER NOT NULL,     -- firms that the tiers down to this one may hold
            firms INTEGER NOT NULL,     -- firms in it by rank
            last_total INTEGER,         -- times run.total_scale; NULL when the tier is empty
            selection TEXT NOT NULL,    -- how its firms are chosen where a second selection does so (二次排序); else empty
            tied INTEGER NOT NULL,      -- firms moved across the cut because their keys equal those at it
            PRIMARY KEY (run, cohort, part, position)
        ) STRICT, WITHOUT ROWID
        """,
        """
        INSERT INTO cut
        SELECT run, cohort, '', position, tier, base, up_to, firms, last_total, '', tied FROM cut_of_whole_cohorts
        """,
        "DROP TABLE cut_of_whole_cohorts",
    ]
}
