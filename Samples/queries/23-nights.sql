-- 运行情况
-- How did the nights end? 0 done, 65 refused, none killed or going on; Docs/operate.md knows the others.
SELECT data_year, exit_code, count(*) AS attempts FROM attempt GROUP BY data_year, exit_code ORDER BY 1, 2;
