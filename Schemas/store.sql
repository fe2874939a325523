-- The store of mujun, as its migrations make it (Sources/Results/Store), with the values table and
-- view of an invented method as an example. A test keeps this file equal to a fresh store.
--
-- Numbers are integers times 10^decimals: `node.decimals` says how many for a column of a values
-- table, `run.total_decimals` for totals. Views show them as numbers.

PRAGMA application_id = 1836411502;
PRAGMA user_version = 6;

CREATE TABLE attempt (
    -- One start of a run, recorded, unchanged, refused or dead (运行日志).
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,   -- 2022-05-31T02:00:00Z
    finished_at TEXT,           -- NULL while it goes on, and for ever when it was killed
    data_year INTEGER,          -- NULL when the method could not be read
    exit_code INTEGER,          -- 0 done, 65 refused, 70 our bug, 73 and 74 files
    run INTEGER,                -- the run that it recorded or found unchanged; may be deleted since
    message TEXT                -- what happened, in one sentence
) STRICT;

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
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_count (
    -- How many findings there were in truth, when only samples are kept.
    attempt INTEGER NOT NULL REFERENCES attempt (id),
    feed TEXT NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (attempt, feed, code, severity)
) STRICT, WITHOUT ROWID;

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
) STRICT;

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
) STRICT, WITHOUT ROWID;

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
) STRICT, WITHOUT ROWID;

CREATE TABLE cohort (
    -- Firms that are scored and ranked together (评价组).
    method INTEGER NOT NULL REFERENCES method (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (method, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE list (
    -- A list that the method makes (整治提升清单 …).
    method INTEGER NOT NULL REFERENCES method (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    audience TEXT NOT NULL, amount /* the node that says what each firm is charged or granted */ TEXT, amount_decimals INTEGER,     -- public, town, office
    PRIMARY KEY (method, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE ground (
    -- Why a firm can be on a list.
    method INTEGER NOT NULL REFERENCES method (id),
    list TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (method, list, name)
) STRICT, WITHOUT ROWID;

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
    total_decimals INTEGER NOT NULL,    -- of result.total
    total_scale INTEGER NOT NULL, units /* how many times firms were evaluated as one; see result.unit */
    INTEGER NOT NULL DEFAULT 0,       -- 10^total_decimals: total * 1.0 / total_scale is the number
    CHECK (graded + ungraded + exempt + out_of_scope = firms)
) STRICT;

CREATE INDEX run_by_year ON run (data_year, id);

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
    unused INTEGER NOT NULL, state_of /* the day that a snapshot describes; empty for other feeds */
    TEXT NOT NULL DEFAULT '',    -- superseded, outside the data year, of no known firm
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE result (
    -- What became of each firm of the registry.
    run INTEGER NOT NULL,
    firm INTEGER NOT NULL,      -- 0, 1, 2 … in ascending order of the credit codes of this run
    code TEXT NOT NULL,         -- 统一社会信用代码
    name TEXT NOT NULL,
    town TEXT,
    industry TEXT,              -- GB/T 4754
    cohort TEXT,                -- see table cohort; NULL when the firm belongs to none
    state TEXT NOT NULL,        -- see table state
    class TEXT NOT NULL,        -- graded, ungraded, exempt, out_of_scope
    total INTEGER,              -- times run.total_scale
    rank INTEGER,               -- in the cohort, 1 = best; equal keys share a rank
    initial_tier TEXT,          -- by rank alone
    tier TEXT, part /* of a cohort ranked and cut in parts (分组); NULL: it stays whole */ TEXT, unit /* shared by firms evaluated as one (合并评价); NULL: alone */ TEXT,                  -- after decisions
    PRIMARY KEY (run, firm)
);

CREATE UNIQUE INDEX result_by_code ON result (run, code, name);

CREATE TABLE placing (
    -- The firms of a run in the order of ranking, with what rankings are filtered by.
    run INTEGER NOT NULL,
    place INTEGER NOT NULL,     -- 0, 1, 2 … by cohort, rank, code; firms without a rank come last
    firm INTEGER NOT NULL,
    cohort TEXT,
    rank INTEGER,
    tier TEXT,
    town TEXT,
    industry TEXT,
    PRIMARY KEY (run, place)
) WITHOUT ROWID;

CREATE TABLE missing_cause (
    -- Why a value of a feed is missing; without a row here, the feed had no row for the firm.
    run INTEGER NOT NULL,
    node TEXT NOT NULL,
    firm INTEGER NOT NULL,
    cause TEXT NOT NULL,        -- blank, refused_row
    PRIMARY KEY (run, node, firm)
) WITHOUT ROWID;

CREATE TABLE decision_applied (
    -- A decision that held for a firm (一票否决, 人工认定 …).
    run INTEGER NOT NULL,
    firm INTEGER NOT NULL,
    position INTEGER NOT NULL,  -- 0, 1 … from the highest priority of the firm
    name TEXT NOT NULL,         -- in the method, or manual
    label TEXT NOT NULL,
    effect TEXT NOT NULL,       -- set, not_above, not_below
    tier TEXT NOT NULL,
    priority INTEGER NOT NULL,
    overruled INTEGER NOT NULL, -- 1 when one of higher priority contradicts it
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (run, firm, position)
) WITHOUT ROWID;

CREATE TABLE list_entry (
    -- One ground on which a firm is on a list.
    run INTEGER NOT NULL,
    list TEXT NOT NULL,
    firm INTEGER NOT NULL,
    ground TEXT NOT NULL,
    evidence TEXT NOT NULL, amount /* times 10^list.amount_decimals; a unit's stands with the leading firm */ INTEGER,     -- the numbers behind it: 亩均税收 2.1345 万元/亩
    PRIMARY KEY (run, list, firm, ground)
) WITHOUT ROWID;

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
) STRICT, WITHOUT ROWID;

CREATE TABLE aggregate (
    -- Counts of firms.
    run INTEGER NOT NULL REFERENCES run (id),
    kind TEXT NOT NULL,         -- state, cohort, town, industry, list
    name TEXT NOT NULL,
    tier TEXT NOT NULL,         -- empty for state and list, which count all their firms
    firms INTEGER NOT NULL,
    PRIMARY KEY (run, kind, name, tier)
) STRICT, WITHOUT ROWID;

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
) STRICT, WITHOUT ROWID;

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
) STRICT, WITHOUT ROWID;

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
) STRICT;

CREATE TABLE delivered_total (
    -- What a number column of such a file adds up to.
    file INTEGER NOT NULL REFERENCES delivered_file (id),
    header TEXT NOT NULL,       -- the column, as the department calls it
    total TEXT NOT NULL,        -- exact: 25511598.42
    PRIMARY KEY (file, header)
) STRICT, WITHOUT ROWID;

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
) STRICT, WITHOUT ROWID;

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
) STRICT, WITHOUT ROWID;

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
) STRICT, WITHOUT ROWID;

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
) STRICT;

CREATE INDEX publication_by_run ON publication (run, number);

CREATE TABLE publication_head (
    -- How many publications there are, and the digest of the last: a second place, so that a cut tail shows.
    id INTEGER PRIMARY KEY CHECK (id = 1),
    count INTEGER NOT NULL,
    digest TEXT NOT NULL
) STRICT;

CREATE TABLE publication_change (
    -- What a publication changes for a firm against the entry that it follows (更正、定稿较公示的变化).
    publication INTEGER NOT NULL REFERENCES publication (number),
    code TEXT NOT NULL,     -- 统一社会信用代码
    item TEXT NOT NULL,     -- state, cohort, part, unit, total, tier, or list: and the name of a list
    name TEXT NOT NULL,
    old TEXT,               -- NULL: no such value, not on the list, or not in the registry
    new TEXT,
    PRIMARY KEY (publication, code, item)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER publication_appended BEFORE INSERT ON publication
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM publication)
    OR NEW.previous <> coalesce((SELECT digest FROM publication ORDER BY number DESC LIMIT 1),
        printf('%064d', 0))
BEGIN SELECT RAISE(ABORT, 'publications are appended to their chain'); END;

CREATE TRIGGER run_stage_follows BEFORE UPDATE OF stage ON run
WHEN NEW.stage IS NOT
    coalesce((SELECT action FROM publication WHERE run = OLD.id ORDER BY number DESC LIMIT 1), 'draft')
BEGIN SELECT RAISE(ABORT, 'the stage of a run follows from its publications'); END;

CREATE TRIGGER kept_run_update BEFORE UPDATE OF id, identity, data_year, as_of, method, engine_version,
    inputs_digest, result_digest, recorded_at, firms, graded, ungraded, exempt, out_of_scope,
    total_decimals, total_scale, units ON run
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.id)
BEGIN SELECT RAISE(ABORT, 'the run is published and cannot be changed'); END;

CREATE TRIGGER kept_run_delete BEFORE DELETE ON run
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.id)
BEGIN SELECT RAISE(ABORT, 'the run is published and cannot be deleted'); END;

CREATE TRIGGER "kept_publication_update" BEFORE UPDATE ON "publication"
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_publication_delete" BEFORE DELETE ON "publication"
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_publication_change_update" BEFORE UPDATE ON "publication_change"
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_publication_change_delete" BEFORE DELETE ON "publication_change"
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_result_update" BEFORE UPDATE ON "result"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_result_delete" BEFORE DELETE ON "result"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_placing_update" BEFORE UPDATE ON "placing"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_placing_delete" BEFORE DELETE ON "placing"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_missing_cause_update" BEFORE UPDATE ON "missing_cause"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_missing_cause_delete" BEFORE DELETE ON "missing_cause"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_decision_applied_update" BEFORE UPDATE ON "decision_applied"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_decision_applied_delete" BEFORE DELETE ON "decision_applied"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_list_entry_update" BEFORE UPDATE ON "list_entry"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_list_entry_delete" BEFORE DELETE ON "list_entry"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_statistic_update" BEFORE UPDATE ON "statistic"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_statistic_delete" BEFORE DELETE ON "statistic"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_aggregate_update" BEFORE UPDATE ON "aggregate"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_aggregate_delete" BEFORE DELETE ON "aggregate"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_cut_update" BEFORE UPDATE ON "cut"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_cut_delete" BEFORE DELETE ON "cut"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_input_file_update" BEFORE UPDATE ON "input_file"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_input_file_delete" BEFORE DELETE ON "input_file"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_waiver_update" BEFORE UPDATE ON "waiver"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_waiver_delete" BEFORE DELETE ON "waiver"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_link_count_update" BEFORE UPDATE ON "link_count"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_link_count_delete" BEFORE DELETE ON "link_count"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_link_entry_update" BEFORE UPDATE ON "link_entry"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_link_entry_delete" BEFORE DELETE ON "link_entry"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_method_update" BEFORE UPDATE ON "method"
WHEN EXISTS (SELECT * FROM run JOIN publication ON publication.run = run.id WHERE run.method = OLD.id)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_method_delete" BEFORE DELETE ON "method"
WHEN EXISTS (SELECT * FROM run JOIN publication ON publication.run = run.id WHERE run.method = OLD.id)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_node_update" BEFORE UPDATE ON "node"
WHEN EXISTS (SELECT * FROM run JOIN publication ON publication.run = run.id WHERE run.method = OLD.method)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_node_delete" BEFORE DELETE ON "node"
WHEN EXISTS (SELECT * FROM run JOIN publication ON publication.run = run.id WHERE run.method = OLD.method)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_state_update" BEFORE UPDATE ON "state"
WHEN EXISTS (SELECT * FROM run JOIN publication ON publication.run = run.id WHERE run.method = OLD.method)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_state_delete" BEFORE DELETE ON "state"
WHEN EXISTS (SELECT * FROM run JOIN publication ON publication.run = run.id WHERE run.method = OLD.method)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_cohort_update" BEFORE UPDATE ON "cohort"
WHEN EXISTS (SELECT * FROM run JOIN publication ON publication.run = run.id WHERE run.method = OLD.method)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_cohort_delete" BEFORE DELETE ON "cohort"
WHEN EXISTS (SELECT * FROM run JOIN publication ON publication.run = run.id WHERE run.method = OLD.method)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_list_update" BEFORE UPDATE ON "list"
WHEN EXISTS (SELECT * FROM run JOIN publication ON publication.run = run.id WHERE run.method = OLD.method)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_list_delete" BEFORE DELETE ON "list"
WHEN EXISTS (SELECT * FROM run JOIN publication ON publication.run = run.id WHERE run.method = OLD.method)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_ground_update" BEFORE UPDATE ON "ground"
WHEN EXISTS (SELECT * FROM run JOIN publication ON publication.run = run.id WHERE run.method = OLD.method)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_ground_delete" BEFORE DELETE ON "ground"
WHEN EXISTS (SELECT * FROM run JOIN publication ON publication.run = run.id WHERE run.method = OLD.method)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE VIEW latest_run AS
-- The latest run of each data year.
SELECT * FROM run WHERE id IN (SELECT max(id) FROM run GROUP BY data_year);

CREATE VIEW evaluation AS
-- Every firm of the registry, ranked or not (评价结果).
SELECT run.data_year, run.stage, run.id AS run, result.code, result.name, result.town, result.industry, state.class_label, result.state, state.label AS state_label,
    result.cohort, cohort.label AS cohort_label, result.part, result.unit, result.total * 1.0 / run.total_scale AS total,
    result.rank, result.initial_tier, result.tier
FROM latest_run AS run
    JOIN result ON result.run = run.id
    LEFT JOIN cohort ON cohort.method = run.method AND cohort.name = result.cohort
    LEFT JOIN state ON state.method = run.method AND state.name = result.state;

CREATE VIEW ranking AS
-- The ranked firms, best first in each cohort (评价排名).
SELECT run.data_year, run.stage, run.id AS run, result.code, result.name, result.town, result.industry,
    result.cohort, cohort.label AS cohort_label, result.part, result.unit, result.total * 1.0 / run.total_scale AS total,
    result.rank, result.initial_tier, result.tier
FROM latest_run AS run
    JOIN result ON result.run = run.id AND result.rank IS NOT NULL
    LEFT JOIN cohort ON cohort.method = run.method AND cohort.name = result.cohort
    LEFT JOIN state ON state.method = run.method AND state.name = result.state
ORDER BY run.data_year, cohort.position, result.part, result.rank, result.code;

CREATE VIEW list_member AS
-- The firms on each list of the method, one row per list and firm, with all grounds.
SELECT list.name AS list, list.label AS list_label, run.data_year, run.stage, run.id AS run, result.code, result.name, result.town, result.industry, result.state,
    state.label AS state_label,
    result.cohort, cohort.label AS cohort_label, result.part, result.unit, result.total * 1.0 / run.total_scale AS total,
    result.rank, result.initial_tier, result.tier,
    (SELECT group_concat(label, '；') FROM (SELECT ground.label, each.evidence FROM list_entry AS each
        JOIN ground ON ground.method = run.method AND ground.list = each.list
            AND ground.name = each.ground
        WHERE each.run = entry.run AND each.list = entry.list AND each.firm = entry.firm
        ORDER BY ground.position)) AS grounds,
    (SELECT group_concat(label || '：' || evidence, '。') FROM (SELECT ground.label, each.evidence FROM list_entry AS each
        JOIN ground ON ground.method = run.method AND ground.list = each.list
            AND ground.name = each.ground
        WHERE each.run = entry.run AND each.list = entry.list AND each.firm = entry.firm
        ORDER BY ground.position)) AS evidence
FROM latest_run AS run
    JOIN list ON list.method = run.method
    JOIN result ON result.run = run.id
    -- CROSS: firm first, so that a question about one firm does not read the whole list.
    CROSS JOIN list_entry AS entry ON entry.run = run.id AND entry.list = list.name
        AND entry.firm = result.firm
    LEFT JOIN cohort ON cohort.method = run.method AND cohort.name = result.cohort
    LEFT JOIN state ON state.method = run.method AND state.name = result.state
-- The first entry of a firm stands for all of them.
WHERE NOT EXISTS (SELECT * FROM list_entry AS other WHERE other.run = entry.run
    AND other.list = entry.list AND other.firm = entry.firm AND other.ground < entry.ground);

CREATE VIEW rectification AS
-- 整治提升清单: the firms of list_member on this list.
SELECT data_year, stage, run, code, name, town, industry, cohort, cohort_label, part, unit,
    state, state_label, total, rank, initial_tier, tier, grounds, evidence
FROM list_member WHERE list = 'rectification';

CREATE VIEW elimination_candidate AS
-- 淘汰落后候选清单: the firms of list_member on this list.
SELECT data_year, stage, run, code, name, town, industry, cohort, cohort_label, part, unit,
    state, state_label, total, rank, initial_tier, tier, grounds, evidence
FROM list_member WHERE list = 'elimination_candidate';

CREATE VIEW firm_decision AS
-- The decisions that held for a firm (一票否决, 人工认定 …), highest priority first.
SELECT run.data_year, run.stage, run.id AS run, result.code, result.name, result.initial_tier,
    applied.label AS decision, applied.effect, applied.tier AS effect_tier, applied.priority,
    applied.overruled, result.tier, applied.reason, applied.document
FROM latest_run AS run
    JOIN decision_applied AS applied ON applied.run = run.id
    JOIN result ON result.run = run.id AND result.firm = applied.firm
ORDER BY run.data_year, result.code, applied.position;

CREATE VIEW missing_value AS
-- Values of feeds that are missing although the feed has a row for the firm.
SELECT run.data_year, run.stage, run.id AS run, result.code, result.name, node.name AS node,
    node.label, missing.cause
FROM latest_run AS run
    JOIN missing_cause AS missing ON missing.run = run.id
    JOIN result ON result.run = run.id AND result.firm = missing.firm
    JOIN node ON node.method = run.method AND node.name = missing.node;

CREATE VIEW tier_cut AS
-- Where each tier ends in each cohort or part of it: base, quota and the total of its last firm.
SELECT run.data_year, run.stage, run.id AS run, cut.cohort, cohort.label AS cohort_label, cut.part,
    cut.tier, cut.base, cut.up_to, cut.firms, cut.last_total * 1.0 / run.total_scale AS last_total, cut.tied
FROM latest_run AS run
    JOIN cut ON cut.run = run.id
    LEFT JOIN cohort ON cohort.method = run.method AND cohort.name = cut.cohort
ORDER BY run.data_year, cohort.position, cut.part, cut.position;

CREATE VIEW statistic_value AS
-- Means, medians and other numbers computed from many firms.
SELECT run.data_year, run.stage, run.id AS run, statistic.name, statistic.label, statistic.cohort,
    statistic.category, statistic.value * 1.0 / statistic.scale AS value, statistic.unit,
    statistic.count
FROM latest_run AS run
    JOIN statistic ON statistic.run = run.id;

CREATE VIEW latest_finding AS
-- What was wrong in the data of each data year (数据问题), line by line; samples, as in finding. Attempts:
-- the one that recorded the latest run, and a newer one when that was refused (column outcome).
SELECT told.data_year, told.outcome, told.run, finding.attempt, finding.severity, finding.code, finding.feed,
    finding.delivery, finding.file, finding.line, finding.byte, finding.header, finding.chinese,
    finding.english, finding.row_text
FROM (SELECT run.data_year, 'recorded' AS outcome, run.id AS run, min(attempt.id) AS attempt
        FROM latest_run AS run JOIN attempt ON attempt.run = run.id GROUP BY run.id
    UNION ALL
    SELECT data_year, 'refused', NULL, id FROM attempt
        WHERE run IS NULL AND id IN (SELECT max(id) FROM attempt
            WHERE data_year IS NOT NULL AND (run IS NOT NULL OR exit_code = 65) GROUP BY data_year)) AS told
    JOIN finding ON finding.attempt = told.attempt;

CREATE VIEW latest_finding_count AS
-- How many findings of each kind the attempts of latest_finding had in truth.
SELECT told.data_year, told.outcome, told.run, finding_count.*
FROM (SELECT run.data_year, 'recorded' AS outcome, run.id AS run, min(attempt.id) AS attempt
        FROM latest_run AS run JOIN attempt ON attempt.run = run.id GROUP BY run.id
    UNION ALL
    SELECT data_year, 'refused', NULL, id FROM attempt
        WHERE run IS NULL AND id IN (SELECT max(id) FROM attempt
            WHERE data_year IS NOT NULL AND (run IS NOT NULL OR exit_code = 65) GROUP BY data_year)) AS told
    JOIN finding_count ON finding_count.attempt = told.attempt;

CREATE VIEW current_publication AS
-- The publication that counts in each data year: the last, unless it is a withdrawal.
SELECT * FROM publication
WHERE number IN (SELECT max(number) FROM publication GROUP BY data_year) AND action <> 'withdrawn';

CREATE VIEW published_run AS
-- The run that is published in each data year (公示, 定稿), with its document.
SELECT run.*, publication.number AS publication, publication.version, publication.document,
    publication.published_on, publication.until
FROM current_publication AS publication JOIN run ON run.id = publication.run;

CREATE VIEW published_evaluation AS
-- As published:
-- Every firm of the registry, ranked or not (评价结果).
SELECT run.data_year, run.stage, run.document, run.id AS run, result.code, result.name, result.town, result.industry, state.class_label, result.state, state.label AS state_label,
    result.cohort, cohort.label AS cohort_label, result.part, result.unit, result.total * 1.0 / run.total_scale AS total,
    result.rank, result.initial_tier, result.tier
FROM published_run AS run
    JOIN result ON result.run = run.id
    LEFT JOIN cohort ON cohort.method = run.method AND cohort.name = result.cohort
    LEFT JOIN state ON state.method = run.method AND state.name = result.state;

CREATE VIEW published_ranking AS
-- As published:
-- The ranked firms, best first in each cohort (评价排名).
SELECT run.data_year, run.stage, run.document, run.id AS run, result.code, result.name, result.town, result.industry,
    result.cohort, cohort.label AS cohort_label, result.part, result.unit, result.total * 1.0 / run.total_scale AS total,
    result.rank, result.initial_tier, result.tier
FROM published_run AS run
    JOIN result ON result.run = run.id AND result.rank IS NOT NULL
    LEFT JOIN cohort ON cohort.method = run.method AND cohort.name = result.cohort
    LEFT JOIN state ON state.method = run.method AND state.name = result.state
ORDER BY run.data_year, cohort.position, result.part, result.rank, result.code;

CREATE VIEW published_list_member AS
-- As published:
-- The firms on each list of the method, one row per list and firm, with all grounds.
SELECT list.name AS list, list.label AS list_label, run.data_year, run.stage, run.document, run.id AS run, result.code, result.name, result.town, result.industry, result.state,
    state.label AS state_label,
    result.cohort, cohort.label AS cohort_label, result.part, result.unit, result.total * 1.0 / run.total_scale AS total,
    result.rank, result.initial_tier, result.tier,
    (SELECT group_concat(label, '；') FROM (SELECT ground.label, each.evidence FROM list_entry AS each
        JOIN ground ON ground.method = run.method AND ground.list = each.list
            AND ground.name = each.ground
        WHERE each.run = entry.run AND each.list = entry.list AND each.firm = entry.firm
        ORDER BY ground.position)) AS grounds,
    (SELECT group_concat(label || '：' || evidence, '。') FROM (SELECT ground.label, each.evidence FROM list_entry AS each
        JOIN ground ON ground.method = run.method AND ground.list = each.list
            AND ground.name = each.ground
        WHERE each.run = entry.run AND each.list = entry.list AND each.firm = entry.firm
        ORDER BY ground.position)) AS evidence
FROM published_run AS run
    JOIN list ON list.method = run.method
    JOIN result ON result.run = run.id
    -- CROSS: firm first, so that a question about one firm does not read the whole list.
    CROSS JOIN list_entry AS entry ON entry.run = run.id AND entry.list = list.name
        AND entry.firm = result.firm
    LEFT JOIN cohort ON cohort.method = run.method AND cohort.name = result.cohort
    LEFT JOIN state ON state.method = run.method AND state.name = result.state
-- The first entry of a firm stands for all of them.
WHERE NOT EXISTS (SELECT * FROM list_entry AS other WHERE other.run = entry.run
    AND other.list = entry.list AND other.firm = entry.firm AND other.ground < entry.ground);

CREATE VIEW published_rectification AS
-- As published:
-- 整治提升清单: the firms of list_member on this list.
SELECT data_year, stage, document, run, code, name, town, industry, cohort, cohort_label, part, unit,
    state, state_label, total, rank, initial_tier, tier, grounds, evidence
FROM published_list_member WHERE list = 'rectification';

CREATE VIEW published_elimination_candidate AS
-- As published:
-- 淘汰落后候选清单: the firms of list_member on this list.
SELECT data_year, stage, document, run, code, name, town, industry, cohort, cohort_label, part, unit,
    state, state_label, total, rank, initial_tier, tier, grounds, evidence
FROM published_list_member WHERE list = 'elimination_candidate';

CREATE VIEW published_firm_decision AS
-- As published:
-- The decisions that held for a firm (一票否决, 人工认定 …), highest priority first.
SELECT run.data_year, run.stage, run.document, run.id AS run, result.code, result.name, result.initial_tier,
    applied.label AS decision, applied.effect, applied.tier AS effect_tier, applied.priority,
    applied.overruled, result.tier, applied.reason, applied.document
FROM published_run AS run
    JOIN decision_applied AS applied ON applied.run = run.id
    JOIN result ON result.run = run.id AND result.firm = applied.firm
ORDER BY run.data_year, result.code, applied.position;

CREATE VIEW published_tier_cut AS
-- As published:
-- Where each tier ends in each cohort or part of it: base, quota and the total of its last firm.
SELECT run.data_year, run.stage, run.document, run.id AS run, cut.cohort, cohort.label AS cohort_label, cut.part,
    cut.tier, cut.base, cut.up_to, cut.firms, cut.last_total * 1.0 / run.total_scale AS last_total, cut.tied
FROM published_run AS run
    JOIN cut ON cut.run = run.id
    LEFT JOIN cohort ON cohort.method = run.method AND cohort.name = cut.cohort
ORDER BY run.data_year, cohort.position, cut.part, cut.position;

CREATE VIEW published_statistic_value AS
-- As published:
-- Means, medians and other numbers computed from many firms.
SELECT run.data_year, run.stage, run.document, run.id AS run, statistic.name, statistic.label, statistic.cohort,
    statistic.category, statistic.value * 1.0 / statistic.scale AS value, statistic.unit,
    statistic.count
FROM published_run AS run
    JOIN statistic ON statistic.run = run.id;

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
) STRICT, WITHOUT ROWID;

CREATE TRIGGER "kept_objection_update" BEFORE UPDATE ON "objection"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TRIGGER "kept_objection_delete" BEFORE DELETE ON "objection"
WHEN EXISTS (SELECT * FROM publication WHERE run = OLD.run)
BEGIN SELECT RAISE(ABORT, 'what is published cannot be changed'); END;

CREATE TABLE "values_dd7285b7598e" (
    -- Values of a method, see node: numbers times 10^decimals, days since 1970-01-01.
    run INTEGER NOT NULL,
    firm INTEGER NOT NULL,
    "scale" TEXT,
    "tax" INTEGER,
    "land" INTEGER,
    "founded" INTEGER,
    "high_tech" INTEGER,
    "tax_per_mu" INTEGER,
    PRIMARY KEY (run, firm)
);

CREATE VIEW "firm_values_dd7285b7598e" AS
-- values_dd7285b7598e with decimals, labels and units.
SELECT run.data_year, run.id AS run, result.code, result.name,
    v."scale" AS "规模",
    v."tax" * 1.0 / 10000 AS "税收（万元）",
    v."land" * 1.0 / 10000 AS "用地面积（亩）",
    date(v."founded" * 86400, 'unixepoch') AS "成立日期",
    v."high_tech" AS "高新技术企业",
    v."tax_per_mu" * 1.0 / 10000 AS "亩均税收（万元/亩）"
FROM "values_dd7285b7598e" AS v
    JOIN run ON run.id = v.run
    JOIN result ON result.run = v.run AND result.firm = v.firm;

CREATE VIEW "firm_values_2021" AS
-- The values of the latest run of data year 2021.
SELECT * FROM "firm_values_dd7285b7598e"
WHERE run = (SELECT max(id) FROM run WHERE data_year = 2021);
