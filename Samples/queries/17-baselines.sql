-- 均值等统计值
-- Which means, medians and other numbers of many firms went into the scores, and of how many values?
SELECT data_year, label, cohort, category, value, unit, count FROM statistic_value
ORDER BY data_year, name, cohort, category;
