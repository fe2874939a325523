-- 各镇街各档次户数
-- How many firms has each tier in each town?
SELECT data_year, town, count(*) AS ranked, sum(tier = 'A') AS A, sum(tier = 'B') AS B, sum(tier = 'C') AS C,
    sum(tier = 'D') AS D
FROM ranking GROUP BY data_year, town ORDER BY data_year, town;
