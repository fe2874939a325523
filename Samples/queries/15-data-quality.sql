-- 各部门数据质量
-- Of how many delivered rows was what part accepted, refused, repeated, not used?
SELECT run.data_year, feed, count(*) AS files, sum(rows) AS rows, sum(accepted) AS accepted, sum(refused) AS refused,
    sum(collapsed) AS collapsed, sum(unused) AS unused, printf('%.2f%%', 100.0 * sum(refused) / max(1, sum(rows))) AS refused_share
FROM latest_run AS run JOIN input_file ON input_file.run = run.id
GROUP BY run.data_year, feed ORDER BY run.data_year, feed;
