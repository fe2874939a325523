-- 缺失的数据
-- Which values of which feeds are missing although the feed has a row, for how many firms, and why?
SELECT data_year, label, cause, count(*) AS firms FROM missing_value
GROUP BY data_year, node, cause ORDER BY data_year, firms DESC, label;
