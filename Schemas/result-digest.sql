-- The text whose SHA-256 is the result digest of run :run (Docs/verify.md). Lines with a dot tell the
-- sqlite3 shell how to print it.
.mode list
.separator "|" "\n"
.nullvalue ""
.headers off
SELECT 1, code, state, class, cohort, total, rank, initial_tier, tier
FROM result WHERE run = :run
UNION ALL
SELECT 2, code, position, decision_applied.name, effect, decision_applied.tier, overruled,
    hex(document), hex(reason)
FROM decision_applied JOIN result USING (run, firm) WHERE run = :run
UNION ALL
SELECT 3, list, code, ground, amount, NULL, NULL, NULL, NULL
FROM list_entry JOIN result USING (run, firm) WHERE run = :run
UNION ALL
SELECT 4, code, hex(part), hex(unit), NULL, NULL, NULL, NULL, NULL
FROM result WHERE run = :run AND (part IS NOT NULL OR unit IS NOT NULL)
ORDER BY 1, 2, 3, 4;
