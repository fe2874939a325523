-- 临近分界的企业
-- Which five firms on each side of a cut are nearest to it? What an objection of theirs would move.
WITH ordered AS (
    SELECT data_year, cohort_label, cohort, part, code, name, total, rank, initial_tier,
        lag(initial_tier, 5) OVER stand AS before, lead(initial_tier, 5) OVER stand AS after
    FROM ranking WINDOW stand AS (PARTITION BY data_year, cohort, part ORDER BY rank, code)
)
SELECT data_year, cohort_label, rank, code, name, total, initial_tier FROM ordered
WHERE initial_tier <> before OR initial_tier <> after ORDER BY data_year, cohort, part, rank, code;
