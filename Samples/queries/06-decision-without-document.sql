-- 没有文件依据的认定
-- Which decisions name no document? There should be none.
SELECT data_year, code, name, decision, effect, effect_tier, reason FROM firm_decision
WHERE trim(document) = '' ORDER BY data_year, code;
