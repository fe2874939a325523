/// What deliveries add up to, files of refused attempts, waivers. ``SchemaV1`` and ``SchemaV2`` stay as they were shipped.
enum SchemaV3 {
    static let statements = [
        """
        ALTER TABLE input_file ADD COLUMN state_of /* the day that a snapshot describes; empty for other feeds */
            TEXT NOT NULL DEFAULT ''
        """,
        """
        CREATE TABLE attempt_file (
            -- A file that an attempt read which was refused; those of a recorded run are in input_file.
            attempt INTEGER NOT NULL REFERENCES attempt (id),
            position INTEGER NOT NULL,
            feed TEXT NOT NULL,
            delivery TEXT NOT NULL,
            path TEXT NOT NULL,
            sha256 TEXT NOT NULL,       -- of the bytes as delivered
            bytes INTEGER NOT NULL,
            period_from TEXT NOT NULL,  -- 2021-01; empty without a period
            period_to TEXT NOT NULL,
            state_of TEXT NOT NULL,     -- the day that a snapshot describes; empty for other feeds
            rows INTEGER NOT NULL,      -- rows = accepted + refused + collapsed + unused, as far as the file was read
            accepted INTEGER NOT NULL,
            refused INTEGER NOT NULL,
            collapsed INTEGER NOT NULL,
            unused INTEGER NOT NULL,
            PRIMARY KEY (attempt, position)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE delivered_file (
            -- Every file that a recorded run has ever read, also when that run is gone: what comes next is compared with it.
            id INTEGER PRIMARY KEY,     -- grows: the order in which they were read first
            feed TEXT NOT NULL,
            delivery TEXT NOT NULL,
            path TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            period_from TEXT NOT NULL,  -- 2021-01; empty without a period
            period_to TEXT NOT NULL,
            rows INTEGER NOT NULL,
            UNIQUE (feed, delivery, path, sha256)
        ) STRICT
        """,
        """
        CREATE TABLE delivered_total (
            -- What a number column of such a file adds up to.
            file INTEGER NOT NULL REFERENCES delivered_file (id),
            header TEXT NOT NULL,       -- the column, as the department calls it
            total TEXT NOT NULL,        -- exact: 25511598.42
            PRIMARY KEY (file, header)
        ) STRICT, WITHOUT ROWID
        """,
        """
        INSERT INTO delivered_file (feed, delivery, path, sha256, period_from, period_to, rows)
        SELECT feed, delivery, path, sha256, period_from, period_to, max(rows) FROM input_file
        GROUP BY feed, delivery, path, sha256 ORDER BY min(run), min(position)
        """,
        """
        CREATE TABLE waiver (
            -- A kind of finding that was let pass for one feed and period (豁免): its rows stay refused, and do not count
            -- towards the number above which a run is refused.
            run INTEGER NOT NULL REFERENCES run (id),
            position INTEGER NOT NULL,  -- as in mujun.yaml
            feed TEXT NOT NULL,
            title TEXT NOT NULL,        -- what people call the feed
            code TEXT NOT NULL,         -- of the finding
            period TEXT NOT NULL,       -- 2021-03 or 2021
            document TEXT NOT NULL,
            reason TEXT NOT NULL,
            rows INTEGER NOT NULL,      -- that did not count; 0 when it waived nothing
            text TEXT NOT NULL,         -- the same as one sentence, as outputs print it
            PRIMARY KEY (run, position)
        ) STRICT, WITHOUT ROWID
        """,
    ]
}
