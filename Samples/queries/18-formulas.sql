-- 公式与依据
-- By which formula, in which unit and on which document was each value computed?
SELECT run.data_year, node.label, node.unit, node.decimals, node.formula, node.source
FROM latest_run AS run JOIN node ON node.method = run.method
WHERE node.section NOT IN ('column') ORDER BY run.data_year, node.position;
