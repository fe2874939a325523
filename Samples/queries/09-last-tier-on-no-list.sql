-- 末档而未列入整治清单的企业
-- Who is of tier D and on neither list? There should be a reason in the method.
SELECT data_year, code, name, town, cohort_label, total, rank FROM ranking
WHERE tier = 'D' AND NOT EXISTS (SELECT * FROM list_member AS member
    WHERE member.data_year = ranking.data_year AND member.code = ranking.code)
ORDER BY data_year, code;
