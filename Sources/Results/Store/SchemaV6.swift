/// What firms object to.
enum SchemaV6 {
    static let statements =
        [
            """
            CREATE TABLE objection (
                -- What firms object to (异议), as delivered until the run: shown, and of no effect on the results.
                run INTEGER NOT NULL REFERENCES run (id),
                position INTEGER NOT NULL,  -- in order of firm, subject and date
                code TEXT NOT NULL,         -- 统一社会信用代码
                subject TEXT NOT NULL,      -- name or label of a value, or another thing that a list says: 档次
                grounds TEXT NOT NULL,      -- 事由
                evidence TEXT NOT NULL,     -- 证据文件; empty unless told, as is what can be below
                date TEXT NOT NULL,         -- 2022-06-03
                outcome TEXT NOT NULL,      -- 待处理, 成立, 部分成立 or 不成立
                document TEXT NOT NULL,     -- 处理文件
                decided_on TEXT NOT NULL,
                explanation TEXT NOT NULL,
                PRIMARY KEY (run, position)
            ) STRICT, WITHOUT ROWID
            """
        ] + Protection.ofRuns("objection")
}
