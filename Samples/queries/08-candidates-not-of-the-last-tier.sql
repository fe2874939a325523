-- 不是末档而列入淘汰候选的企业
-- Who is a candidate for elimination without being of tier D, and on which grounds?
SELECT data_year, code, name, state_label, tier, total, grounds, evidence FROM elimination_candidate
WHERE tier IS NOT 'D' ORDER BY data_year, code;
