-- 四类户数是否等于名录
-- Do the four classes of every run sum to the registry, and does every firm of it have a row? (differs must be 0)
SELECT run.id AS run, data_year, stage, firms, graded, ungraded, exempt, out_of_scope,
    firms - graded - ungraded - exempt - out_of_scope AS differs,
    firms - (SELECT count(*) FROM result WHERE result.run = run.id) AS without_row
FROM run ORDER BY run.id;
