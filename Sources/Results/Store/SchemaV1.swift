/// The first schema. A migration that has shipped is never changed: what comes later is a migration of its own.
///
/// Comments inside the statements are kept by SQLite, so that `.schema` documents a store wherever it is.
enum SchemaV1 {
    static let statements = journal + runs + firms + small + ViewsV1.statements

    /// What was tried, also when it came to nothing.
    private static let journal = [
        """
        CREATE TABLE attempt (
            -- One start of a run, recorded, unchanged, refused or dead (运行日志).
            id INTEGER PRIMARY KEY,
            started_at TEXT NOT NULL,   -- 2022-05-31T02:00:00Z
            finished_at TEXT,           -- NULL while it goes on, and for ever when it was killed
            data_year INTEGER,          -- NULL when the method could not be read
            exit_code INTEGER,          -- 0 done, 65 refused, 70 our bug, 73 and 74 files
            run INTEGER,                -- the run that it recorded or found unchanged; may be deleted since
            message TEXT                -- what happened, in one sentence
        ) STRICT
        """,
        """
        CREATE TABLE finding (
            -- Something wrong in what a department sent (数据问题); samples, see finding_count.
            attempt INTEGER NOT NULL REFERENCES attempt (id),
            position INTEGER NOT NULL,  -- 0, 1, 2 … in the order of the attempt's findings
            severity TEXT NOT NULL,     -- note, warning, refusal
            code TEXT NOT NULL,         -- stable identifier: decimal_too_long
            feed TEXT NOT NULL,
            delivery TEXT NOT NULL,
            file TEXT NOT NULL,         -- path inside the delivery; empty when it concerns the delivery
            line INTEGER NOT NULL,      -- of the unpacked file, from 1; 0 without a line
            byte INTEGER NOT NULL,      -- of the unpacked file, from 0
            header TEXT NOT NULL,       -- the column, as the department calls it
            chinese TEXT NOT NULL,
            english TEXT NOT NULL,
            row_text TEXT NOT NULL,     -- the row as delivered, personal columns masked
            PRIMARY KEY (attempt, position)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE finding_count (
            -- How many findings there were in truth, when only samples are kept.
            attempt INTEGER NOT NULL REFERENCES attempt (id),
            feed TEXT NOT NULL,
            code TEXT NOT NULL,
            severity TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (attempt, feed, code, severity)
        ) STRICT, WITHOUT ROWID
        """,
    ]

    /// Methods and runs.
    private static let runs = [
        """
        CREATE TABLE method (
            -- A method file (评价办法) that runs were made with.
            id INTEGER PRIMARY KEY,
            meaning_digest TEXT NOT NULL,   -- SHA-256 of what it computes: not of comments, labels, layout
            text_digest TEXT NOT NULL,      -- SHA-256 of the file
            name TEXT NOT NULL,             -- yongkang-2021
            title TEXT NOT NULL,
            note TEXT NOT NULL,             -- what every output repeats; may be empty
            text TEXT NOT NULL,             -- the file
            values_table TEXT NOT NULL,     -- values_ and the first 12 digits of meaning_digest
            UNIQUE (meaning_digest, text_digest)
        ) STRICT
        """,
        """
        CREATE TABLE node (
            -- One named value of a method; most are columns of its values table.
            method INTEGER NOT NULL REFERENCES method (id),
            position INTEGER NOT NULL,  -- in the order of evaluation
            name TEXT NOT NULL,         -- tax_per_mu
            label TEXT NOT NULL,        -- 亩均税收
            section TEXT NOT NULL,      -- column, measure, indicator, group, points, adjustment, score, standing
            type TEXT NOT NULL,         -- number, category, day (days since 1970-01-01), flag (0 or 1)
            unit TEXT,                  -- of a number: 万元/亩; NULL for other types
            decimals INTEGER NOT NULL,  -- a number is stored times 10^decimals
            formula TEXT NOT NULL,      -- in words; of a feed's column the feed and its department
            source TEXT NOT NULL,       -- the document it rests on; may be empty
            value_column TEXT,          -- its column in the values table; NULL when result has it
            PRIMARY KEY (method, position)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE state (
            -- A state of a firm in the evaluation (参评, 免评 …).
            method INTEGER NOT NULL REFERENCES method (id),
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            label TEXT NOT NULL,
            class TEXT NOT NULL,        -- graded, ungraded, exempt, out_of_scope: they sum to the registry
            class_label TEXT NOT NULL,
            source TEXT NOT NULL,
            PRIMARY KEY (method, name)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE cohort (
            -- Firms that are scored and ranked together (评价组).
            method INTEGER NOT NULL REFERENCES method (id),
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            label TEXT NOT NULL,
            source TEXT NOT NULL,
            PRIMARY KEY (method, name)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE list (
            -- A list that the method makes (整治提升清单 …).
            method INTEGER NOT NULL REFERENCES method (id),
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            label TEXT NOT NULL,
            audience TEXT NOT NULL,     -- public, supplier, town, office
            amount TEXT,                -- the node that says what each firm is charged or granted; see list_entry
            amount_decimals INTEGER,    -- of list_entry.amount
            PRIMARY KEY (method, name)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE ground (
            -- Why a firm can be on a list.
            method INTEGER NOT NULL REFERENCES method (id),
            list TEXT NOT NULL,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            label TEXT NOT NULL,
            source TEXT NOT NULL,
            PRIMARY KEY (method, list, name)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE run (
            -- One recorded evaluation. Its rows in all tables were written in one transaction.
            id INTEGER PRIMARY KEY,
            identity TEXT NOT NULL,         -- SHA-256 over inputs, method, data year, as-of day, engine
            data_year INTEGER NOT NULL,
            as_of TEXT NOT NULL,            -- 2022-05-31: the day on which titles, events and ages are judged
            stage TEXT NOT NULL,            -- draft
            method INTEGER NOT NULL REFERENCES method (id),
            engine_version TEXT NOT NULL,
            inputs_digest TEXT NOT NULL,
            result_digest TEXT NOT NULL,    -- see Docs/verify-digest.md
            recorded_at TEXT NOT NULL,      -- 2022-05-31T02:00:07Z
            firms INTEGER NOT NULL,         -- the whole registry …
            graded INTEGER NOT NULL,        -- … which these four sum to
            ungraded INTEGER NOT NULL,
            exempt INTEGER NOT NULL,
            out_of_scope INTEGER NOT NULL,
            units INTEGER NOT NULL,         -- how many times firms were evaluated as one; see result.unit
            total_decimals INTEGER NOT NULL,    -- of result.total
            total_scale INTEGER NOT NULL,       -- 10^total_decimals: total * 1.0 / total_scale is the number
            CHECK (graded + ungraded + exempt + out_of_scope = firms)
        ) STRICT
        """,
        "CREATE INDEX run_by_year ON run (data_year, id)",
        """
        CREATE TABLE input_file (
            -- A file that the run read: rows = accepted + refused + collapsed + unused.
            run INTEGER NOT NULL REFERENCES run (id),
            position INTEGER NOT NULL,
            feed TEXT NOT NULL,
            delivery TEXT NOT NULL,
            path TEXT NOT NULL,
            sha256 TEXT NOT NULL,       -- of the bytes as delivered
            bytes INTEGER NOT NULL,
            period_from TEXT NOT NULL,  -- 2021-01; empty without a period
            period_to TEXT NOT NULL,
            rows INTEGER NOT NULL,
            accepted INTEGER NOT NULL,
            refused INTEGER NOT NULL,
            collapsed INTEGER NOT NULL, -- repetitions of a row
            unused INTEGER NOT NULL,    -- superseded, outside the data year, of no known firm
            PRIMARY KEY (run, position)
        ) STRICT, WITHOUT ROWID
        """,
    ]

    /// One row or more per firm. These tables are large: no foreign keys, and keys in the order of writing.
    private static let firms = [
        """
        CREATE TABLE result (
            -- What became of each firm of the registry.
            run INTEGER NOT NULL,
            firm INTEGER NOT NULL,      -- 0, 1, 2 … in ascending order of the credit codes of this run
            code TEXT NOT NULL,         -- 统一社会信用代码
            name TEXT NOT NULL,
            town TEXT,
            industry TEXT,              -- GB/T 4754
            cohort TEXT,                -- see table cohort; NULL when the firm belongs to none
            part TEXT,                  -- of a cohort that is ranked and cut in parts (分组), such as an industry group
            unit TEXT,                  -- firms that are evaluated as one share it (合并评价); NULL when alone
            state TEXT NOT NULL,        -- see table state
            class TEXT NOT NULL,        -- graded, ungraded, exempt, out_of_scope
            total INTEGER,              -- times run.total_scale
            rank INTEGER,               -- in the cohort or its part, 1 = best; equal keys share a rank
            initial_tier TEXT,          -- by rank alone
            tier TEXT,                  -- after decisions
            PRIMARY KEY (run, firm)
        )
        """,
        // Finds a code, reads names without the rest of the row, and gives the order of the result digest.
        "CREATE UNIQUE INDEX result_by_code ON result (run, code, name)",
        """
        CREATE TABLE placing (
            -- The firms of a run in the order of ranking, with what rankings are filtered by.
            run INTEGER NOT NULL,
            place INTEGER NOT NULL,     -- 0, 1, 2 … by cohort, part, rank, code; firms without a rank come last
            firm INTEGER NOT NULL,
            cohort TEXT,
            rank INTEGER,               -- of firms that are evaluated as one, the leading one has it
            tier TEXT,
            town TEXT,
            industry TEXT,
            PRIMARY KEY (run, place)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE missing_cause (
            -- Why a value of a feed is missing; without a row here, the feed had no row for the firm.
            run INTEGER NOT NULL,
            node TEXT NOT NULL,
            firm INTEGER NOT NULL,
            cause TEXT NOT NULL,        -- blank, refused_row
            PRIMARY KEY (run, node, firm)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE decision_applied (
            -- A decision that held for a firm (一票否决, 人工认定 …).
            run INTEGER NOT NULL,
            firm INTEGER NOT NULL,
            position INTEGER NOT NULL,  -- 0, 1 … from the highest priority of the firm
            name TEXT NOT NULL,         -- in the method, or manual
            label TEXT NOT NULL,
            effect TEXT NOT NULL,       -- set, not_above, not_below, raise, lower
            tier TEXT NOT NULL,         -- or by how many tiers it is raised or lowered
            priority INTEGER NOT NULL,
            overruled INTEGER NOT NULL, -- 1 when one of higher priority contradicts it
            reason TEXT NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (run, firm, position)
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE list_entry (
            -- One ground on which a firm is on a list.
            run INTEGER NOT NULL,
            list TEXT NOT NULL,
            firm INTEGER NOT NULL,
            ground TEXT NOT NULL,
            evidence TEXT NOT NULL,     -- the numbers behind it: 亩均税收 2.1345 万元/亩
            amount INTEGER,             -- times 10^list.amount_decimals; NULL without, and for firms whose unit another leads
            PRIMARY KEY (run, list, firm, ground)
        ) WITHOUT ROWID
        """,
    ]

    private static let small = [
        """
        CREATE TABLE statistic (
            -- A number computed from many firms.
            run INTEGER NOT NULL REFERENCES run (id),
            name TEXT NOT NULL,
            label TEXT NOT NULL,
            cohort TEXT NOT NULL,       -- empty for all cohorts together
            category TEXT NOT NULL,     -- the part that it was computed for, such as an industry; may be empty
            value INTEGER,              -- times 10^decimals; NULL when no value went in
            decimals INTEGER NOT NULL,
            scale INTEGER NOT NULL,     -- 10^decimals: value * 1.0 / scale is the number
            unit TEXT NOT NULL,         -- 万元/亩; 1 without a unit
            count INTEGER NOT NULL,     -- how many values went in
            PRIMARY KEY (run, name, cohort, category)
        ) STRICT, WITHOUT ROWID
        """,
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
        CREATE TABLE aggregate (
            -- Counts of firms.
            run INTEGER NOT NULL REFERENCES run (id),
            kind TEXT NOT NULL,         -- state, cohort, town, industry, list
            name TEXT NOT NULL,
            tier TEXT NOT NULL,         -- empty for state and list, which count all their firms
            firms INTEGER NOT NULL,
            PRIMARY KEY (run, kind, name, tier)
        ) STRICT, WITHOUT ROWID
        """,
    ]
}
