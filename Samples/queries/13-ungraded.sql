-- 未评级企业及原因
-- Who was not graded, by state: how many firms, how many of them have a cohort, and on whose document does the state rest?
SELECT run.data_year, state.class_label, state.label, count(*) AS firms, state.source
FROM latest_run AS run JOIN result ON result.run = run.id
    JOIN state ON state.method = run.method AND state.name = result.state
WHERE result.class <> 'graded' GROUP BY run.data_year, state.position ORDER BY run.data_year, state.position;
