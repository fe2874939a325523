/// What was published, as a chain, and what keeps it from being changed by mistake.
enum SchemaV5 {
    static let statements =
        [
            """
            CREATE TABLE publication (
                -- What was published or withdrawn (公示, 定稿, 撤回): a chain, each entry with the digest of the one before.
                -- Docs/verify.md says how to check it.
                number INTEGER PRIMARY KEY,     -- 1, 2, 3 … without a gap
                action TEXT NOT NULL CHECK (action IN ('notice', 'final', 'withdrawn')),
                data_year INTEGER NOT NULL,
                version INTEGER NOT NULL,       -- of the notice or the final list of this data year: 1, corrections 2, 3 …
                run INTEGER NOT NULL REFERENCES run (id),
                document TEXT NOT NULL CHECK (document <> ''),
                published_on TEXT NOT NULL,     -- 2022-06-01
                until TEXT,                     -- last day of the notice period; NULL where none is set
                follows INTEGER REFERENCES publication (number),    -- the entry of this data year before it
                reason TEXT,                    -- of a correction or withdrawal
                as_of TEXT NOT NULL,            -- what follows is that of the run, as it was then
                method_digest TEXT NOT NULL,    -- method.text_digest
                inputs_digest TEXT NOT NULL,
                result_digest TEXT NOT NULL,
                firms INTEGER NOT NULL,
                engine_version TEXT NOT NULL,   -- of the program that made the run
                program_version TEXT NOT NULL,  -- of the program that published it …
                program_digest TEXT NOT NULL,   -- … and SHA-256 of its file
                previous TEXT NOT NULL,         -- digest of the entry before; 64 zeros in the first
                digest TEXT NOT NULL UNIQUE     -- see Schemas/publication-digest.sql
            ) STRICT
            """,
            "CREATE INDEX publication_by_run ON publication (run, number)",
            """
            CREATE TABLE publication_head (
                -- How many publications there are, and the digest of the last: a second place, so that a cut tail shows.
                id INTEGER PRIMARY KEY CHECK (id = 1),
                count INTEGER NOT NULL,
                digest TEXT NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE publication_change (
                -- What a publication changes for a firm against the entry that it follows (更正、定稿较公示的变化).
                publication INTEGER NOT NULL REFERENCES publication (number),
                code TEXT NOT NULL,     -- 统一社会信用代码
                item TEXT NOT NULL,     -- state, cohort, part, unit, total, tier, or list: and the name of a list
                name TEXT NOT NULL,
                old TEXT,               -- NULL: no such value, not on the list, or not in the registry
                new TEXT,
                PRIMARY KEY (publication, code, item)
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TRIGGER publication_appended BEFORE INSERT ON publication
            WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM publication)
                OR NEW.previous <> coalesce((SELECT digest FROM publication ORDER BY number DESC LIMIT 1),
                    printf('%064d', 0))
            BEGIN SELECT RAISE(ABORT, 'publications are appended to their chain'); END
            """,
            """
            CREATE TRIGGER run_stage_follows BEFORE UPDATE OF stage ON run
            WHEN NEW.stage IS NOT
                coalesce((SELECT action FROM publication WHERE run = OLD.id ORDER BY number DESC LIMIT 1), 'draft')
            BEGIN SELECT RAISE(ABORT, 'the stage of a run follows from its publications'); END
            """,
            // In one order with the columns of the table: all but stage.
            """
            CREATE TRIGGER kept_run_update BEFORE UPDATE OF id, identity, data_year, as_of, method, engine_version,
                inputs_digest, result_digest, recorded_at, firms, graded, ungraded, exempt, out_of_scope,
                total_decimals, total_scale, units ON run
            WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.id)
            BEGIN SELECT RAISE(ABORT, 'the run is published and cannot be changed'); END
            """,
            """
            CREATE TRIGGER kept_run_delete BEFORE DELETE ON run
            WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.id)
            BEGIN SELECT RAISE(ABORT, 'the run is published and cannot be deleted'); END
            """,
        ] + ["publication", "publication_change"].flatMap(Protection.always)
        + [
            "result", "placing", "missing_cause", "decision_applied", "list_entry", "statistic", "aggregate",
            "cut",
            "input_file", "waiver", "link_count", "link_entry",
        ].flatMap(Protection.ofRuns)
        + ["method", "node", "state", "cohort", "list", "ground"].flatMap(Protection.ofMethods)
}
