-- What evaluate.sql computed, into the tables of mujun's store (attached as `store`), in the order of their
-- keys, which is how SQLite takes rows fastest.

INSERT INTO store.firm_values
SELECT 1, firm, tax, land, value_added, revenue, rd, energy, power, emission, staff,
    tax_per_mu, value_added_per_mu, value_added_per_tce, value_added_per_t, labour_productivity, rd_share,
    tax_per_power, industry_group,
    points_tax_per_mu, points_value_added_per_mu, points_value_added_per_tce,
    CASE WHEN scope = 'graded' AND cohort = 'above' THEN coalesce(points_value_added_per_t,
        (SELECT round(sum(points_value_added_per_t) / count(points_value_added_per_t))::BIGINT FROM measured)) END,
    points_labour_productivity, points_rd_share, points_tax_per_power, high_tech, specialised, leasing_out,
    decided,
    tax_vat_net, tax_export_credit, tax_income_tax, tax_property_tax, tax_land_use_tax, tax_city_maintenance,
    tax_surcharges, tax_stamp_tax, tax_environment_tax, tax_resource_tax,
    land_area, leased_in_area, leased_out_area,
    statistics_value_added, statistics_revenue, statistics_rd, statistics_energy, power_kwh,
    emission_cod, emission_nh3n, emission_so2, emission_nox, statistics_staff,
    industry, state, has_decision_excluded, has_decision_deferred, founded - DATE '1970-01-01', scale,
    has_decision_above, has_decision_below, has_title, has_title_2, leased_out_rows, decision_points,
    has_event, previous_cohort, previous_tier
FROM measured
ORDER BY firm;

CREATE TEMP TABLE standing AS
SELECT m.firm, m.code, m.name, m.town, m.industry, m.cohort,
    CASE WHEN m.scope = 'graded' AND total IS NULL THEN 'unresolved' ELSE m.scope END AS state,
    CASE m.scope WHEN 'graded' THEN if(total IS NULL, 'ungraded', 'graded') WHEN 'grace' THEN 'ungraded'
        WHEN 'deferred' THEN 'ungraded' WHEN 'utility' THEN 'exempt' ELSE 'out_of_scope' END AS class,
    total, rank, substr('ABCD', initial + 1, 1) AS initial_tier,
    substr('ABCD', coalesce(least(greatest(initial, outcome.best), outcome.worst), initial) + 1, 1) AS tier,
    NULL AS part, NULL AS unit
FROM measured AS m LEFT JOIN scored USING (firm) LEFT JOIN decided USING (firm);

INSERT INTO store.result SELECT 1, * FROM standing ORDER BY firm;

INSERT INTO store.placing
SELECT 1, row_number() OVER (ORDER BY cohort, rank NULLS LAST, firm) - 1 AS place, firm, cohort, rank, tier, town,
    industry
FROM standing
ORDER BY place;

INSERT INTO store.missing_cause
SELECT 1, node, firm, 'blank' FROM (
    SELECT 'decision_points_for_decided' AS node, firm FROM measured
        WHERE has_decision_points AND decision_points IS NULL
    UNION ALL SELECT 'emission_cod', firm FROM measured WHERE has_emission AND emission_cod IS NULL
    UNION ALL SELECT 'emission_nh3n', firm FROM measured WHERE has_emission AND emission_nh3n IS NULL
    UNION ALL SELECT 'emission_nox', firm FROM measured WHERE has_emission AND emission_nox IS NULL
    UNION ALL SELECT 'emission_so2', firm FROM measured WHERE has_emission AND emission_so2 IS NULL
    UNION ALL SELECT 'previous_cohort', firm FROM measured WHERE has_previous AND previous_cohort IS NULL
    UNION ALL SELECT 'previous_tier', firm FROM measured WHERE has_previous AND previous_tier IS NULL
    UNION ALL SELECT 'statistics_energy', firm FROM measured WHERE has_statistics AND statistics_energy IS NULL
    UNION ALL SELECT 'statistics_rd', firm FROM measured WHERE has_statistics AND statistics_rd IS NULL
    UNION ALL SELECT 'statistics_value_added', firm FROM measured
        WHERE has_statistics AND statistics_value_added IS NULL
) ORDER BY node, firm;

INSERT INTO store.decision_applied
SELECT 1, firm, position - 1, d.name, d.label, d.effect, d.tier, d.priority, overruled, d.reason, d.document
FROM (
    SELECT firm, unnest(decisions) AS d, unnest(outcome.overruled) AS overruled,
        generate_subscripts(decisions, 1) AS position
    FROM decided
) ORDER BY firm, position;

INSERT INTO store.list_entry
WITH mean AS (
    SELECT industry_group, round(sum(tax_per_mu) / count(tax_per_mu))::BIGINT AS mean, count(tax_per_mu) AS firms
    FROM measured WHERE scope = 'graded' GROUP BY industry_group
), member AS (
    SELECT m.firm, m.state, m.scale, m.tax_per_mu, m.land, m.industry_group, m.previous_tier, s.tier
    FROM measured AS m JOIN standing AS s USING (firm)
), entry AS (
    SELECT 'elimination_candidate' AS list, firm, 'half_of_industry' AS ground,
        format('企业名录：登记状态 {}；用地面积 {:.4f} 亩；亩均税收 {:.6f} 万元/亩；亩均税收均值（按五金行业组） {:.6f} 万元/亩（{} 户）',
            state, land / 10000, tax_per_mu / 1000000, mean / 1000000, firms) AS evidence
    FROM member JOIN mean USING (industry_group) WHERE state = '在业' AND land > 0 AND tax_per_mu * 2 < mean
    UNION ALL
    SELECT 'elimination_candidate', firm, 'large_and_below_scale',
        format('企业名录：登记状态 {}；企业名录：规模 {}；用地面积 {:.4f} 亩', state, scale, land / 10000)
    FROM member WHERE state = '在业' AND scale = '规下' AND land >= 100000
    UNION ALL
    SELECT 'elimination_candidate', firm, 'low_tax_above',
        format('企业名录：登记状态 {}；企业名录：规模 {}；用地面积 {:.4f} 亩；亩均税收 {:.6f} 万元/亩',
            state, scale, land / 10000, tax_per_mu / 1000000)
    FROM member WHERE state = '在业' AND scale = '规上' AND land > 0 AND tax_per_mu < 6000000
    UNION ALL
    SELECT 'elimination_candidate', firm, 'low_tax_below',
        format('企业名录：登记状态 {}；企业名录：规模 {}；用地面积 {:.4f} 亩；亩均税收 {:.6f} 万元/亩',
            state, scale, land / 10000, tax_per_mu / 1000000)
    FROM member WHERE state = '在业' AND scale = '规下' AND land > 0 AND tax_per_mu < 3000000
    UNION ALL
    SELECT 'elimination_candidate', firm, 'tier_d', format('档次 {}', tier) FROM member WHERE tier = 'D'
    UNION ALL
    SELECT 'elimination_candidate', firm, 'two_years_d',
        format('档次 {}；上年结果：档次（年度 = 2020） {}', tier, previous_tier)
    FROM member WHERE tier = 'D' AND previous_tier = 'D'
    UNION ALL
    SELECT 'rectification', firm, 'rectification', format('档次 {}', tier) FROM member WHERE tier IN ('C', 'D')
)
SELECT 1, list, firm, ground, evidence, NULL FROM entry ORDER BY list, firm, ground;
