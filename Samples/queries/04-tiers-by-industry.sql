-- 各行业大类各档次户数
-- How many firms has each tier in each division of industry (first two digits of GB/T 4754)?
SELECT data_year, substr(industry, 1, 2) AS division, count(*) AS ranked, sum(tier = 'A') AS A, sum(tier = 'B') AS B,
    sum(tier = 'C') AS C, sum(tier = 'D') AS D
FROM ranking GROUP BY data_year, division ORDER BY data_year, ranked DESC, division;
