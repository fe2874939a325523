-- 一户企业的评价结果
-- What became of one firm, by which decisions, on which lists?
-- :code = 91330784709455168Y
SELECT data_year, '评价' AS what, state_label || coalesce('，' || cohort_label || ' 第' || rank || '名', '') AS result,
    coalesce('总分 ' || total || '，初定 ' || initial_tier || '，档次 ' || tier, '') AS detail
FROM evaluation WHERE code = :code
UNION ALL
SELECT data_year, '认定', decision || '：' || effect || ' ' || effect_tier || iif(overruled, '（未采用）', ''), document || ' ' || reason
FROM firm_decision WHERE code = :code
UNION ALL
SELECT data_year, '清单', list_label, evidence FROM list_member WHERE code = :code;
