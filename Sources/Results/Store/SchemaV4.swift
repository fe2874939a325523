/// How rows found their firms. The schemas before it stay as they were shipped.
enum SchemaV4 {
    static let statements = [
        """
        CREATE TABLE link_count (
            -- How rows of a feed found their firms (关联情况). Over the ways of a relation, accepted adds up to the
            -- accepted rows of the feed's files.
            run INTEGER NOT NULL REFERENCES run (id),
            feed TEXT NOT NULL,
            relation TEXT NOT NULL,     -- through which field: power, leased_out, leased_in
            town TEXT NOT NULL,         -- of the firm; empty without one
            way TEXT NOT NULL,          -- code, confirmed, organisation, successor, meter, certificate, name, share;
                                        -- without a firm: blank, unknown, ambiguous
            accepted INTEGER NOT NULL,  -- rows that count
            unused INTEGER NOT NULL,    -- rows that do not, because nothing led to a firm
            keys INTEGER NOT NULL,      -- different firms by code; otherwise different things that were delivered
            PRIMARY KEY (run, feed, relation, town, way)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE link_entry (
            -- What was delivered in place of a code that the registry knows; the most frequent, see link_count.
            run INTEGER NOT NULL REFERENCES run (id),
            position INTEGER NOT NULL,
            feed TEXT NOT NULL,
            relation TEXT NOT NULL,
            way TEXT NOT NULL,          -- see link_count
            code TEXT NOT NULL,         -- as delivered; empty when blank
            key TEXT NOT NULL,          -- the meter account or the certificate
            name TEXT NOT NULL,
            firm TEXT NOT NULL,         -- credit code of the firm that it was taken for; empty without one
            accepted INTEGER NOT NULL,
            unused INTEGER NOT NULL,
            PRIMARY KEY (run, position)
        ) STRICT, WITHOUT ROWID
        """,
    ]
}
