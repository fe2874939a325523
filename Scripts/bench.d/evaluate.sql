-- Samples/methods/yongkang-2021.yaml in DuckDB's SQL, statement by statement, over views named as the feeds.
--
-- Sums are doubles; everything that the method names is rounded half away from zero to a whole number of its last
-- decimal, which is what the store holds. Dividing two such numbers as doubles and rounding is exact at these sizes.

-- Registry
CREATE TEMP TABLE firm AS
SELECT row_number() OVER (ORDER BY code) - 1 AS firm, code, name, town, industry, state, scale, founded
FROM registry;

-- Decisions of the office in force
CREATE TEMP TABLE decision_in_force AS
SELECT code, kind, tier, points, reason, document FROM decision
WHERE date <= DATE '2022-05-31' AND (expiry IS NULL OR expiry >= DATE '2022-05-31');

-- Sums, measures, indicators and points
CREATE TEMP TABLE measured AS
WITH tax_sums AS (
    SELECT code,
        round(sum(vat_net) * 100)::BIGINT AS tax_vat_net,
        round(sum(export_credit) * 100)::BIGINT AS tax_export_credit,
        round(sum(income_tax) * 100)::BIGINT AS tax_income_tax,
        round(sum(property_tax) * 100)::BIGINT AS tax_property_tax,
        round(sum(land_use_tax) * 100)::BIGINT AS tax_land_use_tax,
        round(sum(city_maintenance) * 100)::BIGINT AS tax_city_maintenance,
        round(sum(surcharges) * 100)::BIGINT AS tax_surcharges,
        round(sum(stamp_tax) * 100)::BIGINT AS tax_stamp_tax,
        round(sum(environment_tax) * 100)::BIGINT AS tax_environment_tax,
        round(sum(resource_tax) * 100)::BIGINT AS tax_resource_tax
    FROM tax GROUP BY code
), power_sums AS (
    SELECT code, sum(kwh)::BIGINT AS power_kwh FROM power WHERE code IS NOT NULL GROUP BY code
), land_sums AS (
    SELECT code, round(sum(area) * 100)::BIGINT AS land_area FROM land GROUP BY code
), lease_in_force AS MATERIALIZED (
    SELECT lessor, lessee, area, kind FROM lease
    WHERE "from" <= DATE '2022-05-31' AND ("to" IS NULL OR "to" >= DATE '2022-05-31')
), leased_in AS (
    SELECT lessee AS code, round(sum(area) * 100)::BIGINT AS leased_in_area
    FROM lease_in_force WHERE lessee IS NOT NULL GROUP BY lessee
), leased_out AS (
    SELECT lessor AS code, round(sum(area) * 100)::BIGINT AS leased_out_area,
        count(*) FILTER (kind = '企业') AS leased_out_rows
    FROM lease_in_force WHERE lessor IS NOT NULL GROUP BY lessor
), statistics_sums AS (
    SELECT code, sum(value_added)::BIGINT AS statistics_value_added, sum(revenue)::BIGINT AS statistics_revenue,
        sum(rd)::BIGINT AS statistics_rd, round(sum(energy) * 100)::BIGINT AS statistics_energy,
        sum(staff)::BIGINT AS statistics_staff, true AS has_row
    FROM statistics GROUP BY code
), emission_sums AS (
    SELECT code, round(sum(cod) * 10000)::BIGINT AS emission_cod, round(sum(nh3n) * 10000)::BIGINT AS emission_nh3n,
        round(sum(so2) * 10000)::BIGINT AS emission_so2, round(sum(nox) * 10000)::BIGINT AS emission_nox,
        true AS has_row
    FROM emission GROUP BY code
), titles AS (
    SELECT code, bool_or(title = '高新技术企业') AS high_tech,
        bool_or(title IN ('专精特新中小企业', '专精特新小巨人')) AS specialised
    FROM title
    WHERE "from" <= DATE '2022-05-31' AND ("to" IS NULL OR "to" >= DATE '2022-05-31')
    GROUP BY code
), events AS (
    SELECT DISTINCT code FROM event
    WHERE kind IN ('安全事故', '环境违法', '重大税收违法')
        AND date <= DATE '2022-05-31' AND (expiry IS NULL OR expiry >= DATE '2022-05-31')
), decisions AS (
    SELECT code, bool_or(kind = '不纳入评价') AS excluded, bool_or(kind = '暂不评价') AS deferred,
        bool_or(kind = '按规上评价') AS as_above, bool_or(kind = '按规下评价') AS as_below,
        bool_or(kind = '加分') AS has_points,
        round(sum(points) FILTER (kind = '加分') * 10000)::BIGINT AS points
    FROM decision_in_force GROUP BY code
), last_year AS (
    SELECT code, max(cohort) AS previous_cohort, max(tier) AS previous_tier
    FROM previous WHERE year = '2020' GROUP BY code
), measure AS (
    SELECT firm.*,
        tax_sums.* EXCLUDE (code), land_area, leased_in_area, leased_out_area,
        statistics_value_added, statistics_revenue, statistics_rd, statistics_energy, power_kwh,
        emission_cod, emission_nh3n, emission_so2, emission_nox, statistics_staff,
        coalesce(titles.high_tech, false)::INT AS has_title, coalesce(titles.specialised, false)::INT AS has_title_2,
        coalesce(leased_out_rows, 0) AS leased_out_rows, (events.code IS NOT NULL)::INT AS has_event,
        coalesce(decisions.excluded, false)::INT AS has_decision_excluded,
        coalesce(decisions.deferred, false)::INT AS has_decision_deferred,
        coalesce(decisions.as_above, false)::INT AS has_decision_above,
        coalesce(decisions.as_below, false)::INT AS has_decision_below,
        decisions.has_points AS has_decision_points, decisions.points AS decision_points,
        previous_cohort, previous_tier,
        statistics_sums.has_row AS has_statistics, emission_sums.has_row AS has_emission,
        last_year.code IS NOT NULL AS has_previous,
        round((tax_vat_net + tax_export_credit + tax_income_tax + tax_property_tax + tax_land_use_tax
            + tax_city_maintenance + tax_surcharges + tax_stamp_tax + tax_environment_tax + tax_resource_tax)
            / 100)::BIGINT AS tax,
        round((coalesce(land_area, 0) + coalesce(leased_in_area, 0) - coalesce(leased_out_area, 0))
            * 15 / 100)::BIGINT AS land,
        statistics_value_added * 1000 AS value_added,
        statistics_revenue * 1000 AS revenue,
        statistics_rd * 1000 AS rd,
        statistics_energy * 100 AS energy,
        power_kwh AS power,
        emission_cod + emission_nh3n + emission_so2 + emission_nox AS emission,
        statistics_staff AS staff
    FROM firm
        LEFT JOIN tax_sums USING (code) LEFT JOIN power_sums USING (code) LEFT JOIN land_sums USING (code)
        LEFT JOIN leased_in USING (code) LEFT JOIN leased_out USING (code)
        LEFT JOIN statistics_sums USING (code) LEFT JOIN emission_sums USING (code)
        LEFT JOIN titles USING (code) LEFT JOIN events USING (code) LEFT JOIN decisions USING (code)
        LEFT JOIN last_year USING (code)
), indicator AS (
    SELECT *,
        -- Division by zero gives NULL, which is what the method's missing rules start from.
        round(tax * 1000000 / nullif(land, 0))::BIGINT AS tax_per_mu,
        round(value_added * 10000 / nullif(land, 0))::BIGINT AS value_added_per_mu,
        round(value_added * 10000 / nullif(energy, 0))::BIGINT AS value_added_per_tce,
        round(value_added * 10000 / nullif(emission, 0))::BIGINT AS value_added_per_t,
        round(value_added / nullif(staff, 0))::BIGINT AS labour_productivity,
        round(rd * 10000 / nullif(revenue, 0))::BIGINT AS rd_share,
        round(tax * 1000000 / nullif(power, 0))::BIGINT AS tax_per_power,
        CASE
            WHEN industry = '3312' THEN '门业'
            WHEN industry IN ('3322', '3324', '3351') THEN '工具五金'
            WHEN industry IN ('3381', '3382') THEN '杯锅炊具'
            WHEN industry IN ('3465', '3812', '3813') THEN '电动工具与电机'
            WHEN industry IN ('3854', '3855') THEN '电器厨具'
            WHEN industry IN ('3360', '3391', '3392', '3393') THEN '铸锻与表面处理'
            WHEN industry IN ('3612', '3670', '3770', '3780') THEN '车业'
            WHEN left(industry, 2) IN ('33', '34', '35') THEN '五金其他'
            ELSE '其他行业'
        END AS industry_group,
        CASE
            WHEN state IN ('注销', '迁出') THEN 'deregistered'
            WHEN has_decision_excluded = 1 THEN 'excluded'
            WHEN has_decision_deferred = 1 THEN 'deferred'
            WHEN left(industry, 2) IN ('44', '45', '46') THEN 'utility'
            WHEN founded > DATE '2020-05-31' THEN 'grace'
            WHEN land <= 0 THEN 'no_land'
            ELSE 'graded'
        END AS scope,
        CASE
            WHEN (scale = '规上' OR has_decision_above = 1) AND has_decision_below = 0 THEN 'above'
            WHEN scale = '规下' OR has_decision_below = 1 THEN 'below'
        END AS cohort
    FROM measure
)
SELECT *,
    CASE WHEN scope = 'graded' AND cohort = 'above' THEN coalesce(round(tax_per_mu / 100), 0)
        WHEN scope = 'graded' AND cohort = 'below' THEN coalesce(round(tax_per_mu * 50 / 16.601058 / 100), 0)
    END::BIGINT AS points_tax_per_mu,
    CASE WHEN scope = 'graded' AND cohort = 'above' THEN coalesce(round(value_added_per_mu * 20 / 130), 0)
    END::BIGINT AS points_value_added_per_mu,
    CASE WHEN scope = 'graded' AND cohort = 'above' THEN coalesce(round(value_added_per_tce * 20 / 2.54), 0)
    END::BIGINT AS points_value_added_per_tce,
    -- Where it is missing, the cohort's mean of the others takes its place (next statement).
    CASE WHEN scope = 'graded' AND cohort = 'above' THEN round(value_added_per_t * 10 / 4861.08)
    END::BIGINT AS points_value_added_per_t,
    CASE WHEN scope = 'graded' AND cohort = 'above' THEN coalesce(round(labour_productivity * 10 / 17.45), 0)
    END::BIGINT AS points_labour_productivity,
    CASE WHEN scope = 'graded' AND cohort = 'above' THEN coalesce(round(rd_share * 10 / 0.0305), 0)
    END::BIGINT AS points_rd_share,
    CASE WHEN scope = 'graded' AND cohort = 'below' THEN coalesce(round(tax_per_power * 50 / 0.236565 / 100), 0)
    END::BIGINT AS points_tax_per_power,
    CASE WHEN scope = 'graded' THEN has_title * 20000 END AS high_tech,
    CASE WHEN scope = 'graded' THEN has_title_2 * 10000 END AS specialised,
    CASE WHEN scope = 'graded' AND cohort = 'above'
        THEN greatest(-100000, -50000 * greatest(0, leased_out_rows - 1))
    END AS leasing_out,
    CASE WHEN scope = 'graded' THEN coalesce(decision_points, 0) END AS decided
FROM indicator;

-- Totals, ranks and initial tiers
CREATE TEMP TABLE scored AS
WITH mean AS (
    SELECT round(sum(points_value_added_per_t) / count(points_value_added_per_t))::BIGINT AS points FROM measured
), total AS (
    SELECT firm, cohort, scope, tax, has_event, scale, previous_cohort, code,
        CASE cohort
            WHEN 'above' THEN points_tax_per_mu + points_value_added_per_mu + points_value_added_per_tce
                + coalesce(points_value_added_per_t, mean.points) + points_labour_productivity + points_rd_share
                + high_tech + specialised + leasing_out + decided
            WHEN 'below' THEN points_tax_per_mu + points_tax_per_power + high_tech + specialised + decided
        END AS total
    FROM measured, mean
    WHERE scope = 'graded'
), ranked AS (
    SELECT *,
        rank() OVER (PARTITION BY cohort ORDER BY total DESC, tax DESC NULLS LAST) AS rank,
        count(*) OVER (PARTITION BY cohort) AS base
    FROM total
    WHERE total IS NOT NULL
)
SELECT firm, code, cohort, total, rank, has_event, scale, previous_cohort,
    -- Equal keys share the better tier: a rank is inside a limit when its first firm is. Limits round half up.
    CASE WHEN rank <= (base * 20 + 50) // 100 THEN 0 WHEN rank <= (base * 80 + 50) // 100 THEN 1
        WHEN rank <= (base * 95 + 50) // 100 THEN 2 ELSE 3 END AS initial
FROM ranked;

-- Decisions
-- Each decision narrows the tiers that are open; one that leaves nothing open is overruled.
CREATE TEMP TABLE decided AS
WITH candidate AS (
    SELECT firm, 'manual' AS name, '人工认定' AS label,
        CASE kind WHEN '定档' THEN 'set' WHEN '不高于' THEN 'not_above' ELSE 'not_below' END AS effect,
        tier, 30 AS priority, reason, document
    FROM decision_in_force JOIN scored USING (code)
    WHERE kind IN ('定档', '不高于', '不低于')
    UNION ALL
    SELECT firm, 'accident', '安全事故、环境违法或重大税收违法一票否决', 'not_above', 'C', 20,
        '有否决事项（安全事故、环境违法、重大税收违法）', '假设，未见公开文件'
    FROM scored WHERE has_event = 1
    UNION ALL
    SELECT firm, 'promoted', '上年规下、本年升规企业不列D类', 'not_below', 'C', 10,
        '', '假设，未见公开文件'
    FROM scored WHERE scale = '规上' AND previous_cohort = '规下'
), ordered AS (
    SELECT firm, list(struct_pack(
            name := name, label := label, effect := effect, tier := tier, priority := priority, reason := reason,
            document := document,
            best := CASE effect WHEN 'not_below' THEN 0 ELSE ord.place END,
            worst := CASE effect WHEN 'not_above' THEN 3 ELSE ord.place END
        ) ORDER BY priority DESC, document, effect, tier) AS decisions
    FROM candidate JOIN (VALUES ('A', 0), ('B', 1), ('C', 2), ('D', 3)) AS ord (tier, place) USING (tier)
    GROUP BY firm
)
SELECT firm, decisions, list_reduce(
    list_transform(decisions, lambda d: struct_pack(best := d.best, worst := d.worst, overruled := [0])),
    lambda open, d: CASE WHEN greatest(open.best, d.best) <= least(open.worst, d.worst)
        THEN struct_pack(best := greatest(open.best, d.best), worst := least(open.worst, d.worst),
            overruled := open.overruled || [0])
        ELSE struct_pack(best := open.best, worst := open.worst, overruled := open.overruled || [1]) END) AS outcome
FROM ordered;
