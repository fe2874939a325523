-- 总分并列的企业
-- Which ranks are shared by several firms, and are they all of one tier by rank? (initial_tiers must be 1)
SELECT data_year, cohort_label, rank, total, count(*) AS firms, count(DISTINCT initial_tier) AS initial_tiers
FROM ranking GROUP BY data_year, cohort, part, rank HAVING count(*) > 1 ORDER BY data_year, cohort, rank;
