-- 没有文件依据的规则
-- How many values of each kind rest on no document, and how many on an assumption?
SELECT run.data_year, node.section, count(*) AS "values", sum(node.source = '') AS without_document,
    sum(node.source LIKE '%假设%') AS assumed
FROM latest_run AS run JOIN node ON node.method = run.method
WHERE node.section NOT IN ('column') GROUP BY run.data_year, node.section ORDER BY run.data_year, node.section;
