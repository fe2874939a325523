-- 相互抵触的认定
-- Where did two decisions contradict each other, and which one gave way?
SELECT data_year, code, name, decision, effect, effect_tier, priority, overruled, tier, document
FROM firm_decision AS each
WHERE EXISTS (SELECT * FROM firm_decision AS other WHERE other.run = each.run AND other.code = each.code AND other.overruled)
ORDER BY data_year, code, overruled, priority DESC;
