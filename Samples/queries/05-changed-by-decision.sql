-- 认定改变档次的企业
-- Whose tier is not the one of its rank, by which decision and which document?
SELECT data_year, code, name, initial_tier, tier, decision, effect, effect_tier, document, reason
FROM firm_decision WHERE tier IS NOT initial_tier AND NOT overruled ORDER BY data_year, code, priority DESC;
