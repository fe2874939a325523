-- 结果摘要
-- Which digest must stand on what was printed of each run? Docs/verify-digest.md recomputes it.
SELECT id AS run, data_year, stage, as_of, firms, result_digest FROM run ORDER BY id;
