-- 各评价组各档次户数与占比
-- How many firms has each tier in each cohort, and what share of the ranked firms is that?
SELECT data_year, cohort_label, tier, count(*) AS firms,
    printf('%.1f%%', 100.0 * count(*) / sum(count(*)) OVER (PARTITION BY data_year, cohort)) AS share
FROM ranking GROUP BY data_year, cohort, cohort_label, tier ORDER BY data_year, cohort, tier;
