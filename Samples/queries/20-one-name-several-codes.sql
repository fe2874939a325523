-- 同名异码的企业
-- Which names stand in the registry with more than one credit code? One firm may be split to escape a tier.
SELECT data_year, name, count(*) AS codes, group_concat(code, ' ') AS which FROM evaluation
GROUP BY data_year, name HAVING count(*) > 1 ORDER BY data_year, name;
