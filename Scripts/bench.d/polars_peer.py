"""The peer in Polars: Samples/methods/yongkang-2021.yaml computed in memory; nothing is written.

Usage: polars_peer.py INBOX [TIERS]

Sums are doubles; everything that the method names is rounded half away from zero to a whole number of its last
decimal. With TIERS the firms' codes and tiers go to that CSV file, which is not part of what is measured.
"""

import sys

import polars as pl
from polars import col, lit, when

import deliveries

TYPES = {"text": pl.String, "decimal": pl.Float64, "date": pl.Date}
AS_OF = lit(deliveries.AS_OF).str.to_date()
TIERS = ["A", "B", "C", "D"]


def scan(files, feed):
    contract = deliveries.columns(feed)
    schema = {header: TYPES[kind] for header, _, kind in contract}
    return pl.scan_csv(files[feed], schema=schema).rename({header: name for header, name, _ in contract})


def whole(expression):
    """Rounded half away from zero to a whole number."""
    return expression.round(0, mode="half_away_from_zero").cast(pl.Int64)


def total(name, scale=1):
    """A sum as scaled integer; missing when every part is."""
    return whole(when(col(name).count() > 0).then(col(name).sum()) * scale)


def in_force(begin, end):
    return (col(begin) <= AS_OF) & (col(end).is_null() | (col(end) >= AS_OF))


def sums(files):
    """One frame per feed and relation, each with a row per firm that it knows."""
    taxes = [
        "vat_net", "export_credit", "income_tax", "property_tax", "land_use_tax", "city_maintenance", "surcharges",
        "stamp_tax", "environment_tax", "resource_tax",
    ]
    lease = scan(files, "lease").filter(in_force("from", "to"))
    return pl.collect_all(
        [
            scan(files, "registry").select("code", "name", "town", "industry", "state", "scale", "founded"),
            # Every field of the tax feed is required, so no sum of it is missing.
            scan(files, "tax").group_by("code").agg(
                whole(col(name).sum() * 100).alias(f"tax_{name}") for name in taxes),
            scan(files, "power").drop_nulls("code").group_by("code").agg(whole(col("kwh").sum()).alias("power_kwh")),
            scan(files, "land").group_by("code").agg(whole(col("area").sum() * 100).alias("land_area")),
            lease.drop_nulls("lessee").group_by(code="lessee").agg(
                whole(col("area").sum() * 100).alias("leased_in_area")),
            lease.drop_nulls("lessor").group_by(code="lessor").agg(
                whole(col("area").sum() * 100).alias("leased_out_area"),
                (col("kind") == "企业").sum().cast(pl.Int64).alias("leased_out_rows")),
            scan(files, "statistics").group_by("code").agg(
                *(total(name).alias(f"statistics_{name}") for name in ["value_added", "revenue", "rd"]),
                total("energy", 100).alias("statistics_energy"), total("staff").alias("statistics_staff"),
                has_statistics=lit(True)),
            scan(files, "emission").group_by("code").agg(
                *(total(name, 10000).alias(f"emission_{name}") for name in ["cod", "nh3n", "so2", "nox"]),
                has_emission=lit(True)),
            scan(files, "title").filter(in_force("from", "to")).group_by("code").agg(
                has_title=(col("title") == "高新技术企业").any(),
                has_title_2=col("title").is_in(["专精特新中小企业", "专精特新小巨人"]).any()),
            scan(files, "event").filter(
                in_force("date", "expiry") & col("kind").is_in(["安全事故", "环境违法", "重大税收违法"])
            ).select("code").unique().with_columns(has_event=lit(True)),
            scan(files, "decision").filter(in_force("date", "expiry")).group_by("code").agg(
                has_decision_excluded=(col("kind") == "不纳入评价").any(),
                has_decision_deferred=(col("kind") == "暂不评价").any(),
                has_decision_above=(col("kind") == "按规上评价").any(),
                has_decision_below=(col("kind") == "按规下评价").any(),
                decision_points=whole(when(col("kind") == "加分").then("points").sum() * 10000)),
            scan(files, "previous").filter(col("year") == str(deliveries.DATA_YEAR - 1)).group_by("code").agg(
                previous_cohort=col("cohort").max(), previous_tier=col("tier").max(), has_previous=lit(True)),
        ],
        engine="streaming",
    )


def ratio(above, below, scale=10000):
    """Missing where the denominator is zero or either part is missing."""
    return whole(col(above) * scale / when(col(below) != 0).then(col(below)))


def measured(files):
    registry, *others = sums(files)
    firms = registry.sort("code").with_row_index("firm").lazy()
    for other in others:
        firms = firms.join(other.lazy(), on="code", how="left")
    firms = firms.with_columns(
        col("has_title", "has_title_2", "has_event", "^has_decision_.*$").fill_null(False),
        col("leased_out_rows").fill_null(0),
        tax=whole(pl.sum_horizontal(col("^tax_.*$"), ignore_nulls=False) / 100),
        land=whole(
            (col("land_area").fill_null(0) + col("leased_in_area").fill_null(0) - col("leased_out_area").fill_null(0))
            * 15 / 100),
        value_added=col("statistics_value_added") * 1000, revenue=col("statistics_revenue") * 1000,
        rd=col("statistics_rd") * 1000, energy=col("statistics_energy") * 100, power=col("power_kwh"),
        emission=pl.sum_horizontal(col("^emission_.*$"), ignore_nulls=False), staff=col("statistics_staff"),
    )
    code = col("industry")
    firms = firms.with_columns(
        tax_per_mu=ratio("tax", "land", 1000000), value_added_per_mu=ratio("value_added", "land"),
        value_added_per_tce=ratio("value_added", "energy"), value_added_per_t=ratio("value_added", "emission"),
        labour_productivity=ratio("value_added", "staff", 1), rd_share=ratio("rd", "revenue"),
        tax_per_power=ratio("tax", "power", 1000000),
        industry_group=when(code == "3312").then(lit("门业"))
        .when(code.is_in(["3322", "3324", "3351"])).then(lit("工具五金"))
        .when(code.is_in(["3381", "3382"])).then(lit("杯锅炊具"))
        .when(code.is_in(["3465", "3812", "3813"])).then(lit("电动工具与电机"))
        .when(code.is_in(["3854", "3855"])).then(lit("电器厨具"))
        .when(code.is_in(["3360", "3391", "3392", "3393"])).then(lit("铸锻与表面处理"))
        .when(code.is_in(["3612", "3670", "3770", "3780"])).then(lit("车业"))
        .when(code.str.slice(0, 2).is_in(["33", "34", "35"])).then(lit("五金其他"))
        .otherwise(lit("其他行业")),
        scope=when(col("state").is_in(["注销", "迁出"])).then(lit("deregistered"))
        .when("has_decision_excluded").then(lit("excluded"))
        .when("has_decision_deferred").then(lit("deferred"))
        .when(code.str.slice(0, 2).is_in(["44", "45", "46"])).then(lit("utility"))
        .when(col("founded") > AS_OF.dt.offset_by("-2y")).then(lit("grace"))
        .when(col("land") <= 0).then(lit("no_land"))
        .otherwise(lit("graded")),
        cohort=when(((col("scale") == "规上") | col("has_decision_above")) & ~col("has_decision_below"))
        .then(lit("above")).when((col("scale") == "规下") | col("has_decision_below")).then(lit("below")),
    )
    graded = col("scope") == "graded"
    above, below = graded & (col("cohort") == "above"), graded & (col("cohort") == "below")

    def points(indicator, weight, baseline, scale=1):
        return whole(col(indicator) * weight / baseline / scale)

    firms = firms.with_columns(
        points_tax_per_mu=when(above).then(points("tax_per_mu", 30, 30, 100).fill_null(0))
        .when(below).then(points("tax_per_mu", 50, 16.601058, 100).fill_null(0)),
        points_value_added_per_mu=when(above).then(points("value_added_per_mu", 20, 130).fill_null(0)),
        points_value_added_per_tce=when(above).then(points("value_added_per_tce", 20, 2.54).fill_null(0)),
        points_value_added_per_t=when(above).then(points("value_added_per_t", 10, 4861.08)),
        points_labour_productivity=when(above).then(points("labour_productivity", 10, 17.45).fill_null(0)),
        points_rd_share=when(above).then(points("rd_share", 10, 0.0305).fill_null(0)),
        points_tax_per_power=when(below).then(points("tax_per_power", 50, 0.236565, 100).fill_null(0)),
        high_tech=when(graded).then(col("has_title").cast(pl.Int64) * 20000),
        specialised=when(graded).then(col("has_title_2").cast(pl.Int64) * 10000),
        leasing_out=when(above).then(
            pl.max_horizontal(-100000, -50000 * pl.max_horizontal(0, col("leased_out_rows") - 1))),
        decided=when(graded).then(col("decision_points").fill_null(0)),
    ).with_columns(
        # Where it is missing, the cohort's mean of the others takes its place.
        points_value_added_per_t=when(above).then(
            col("points_value_added_per_t").fill_null(whole(col("points_value_added_per_t").mean()))),
    ).with_columns(
        total=when(above).then(pl.sum_horizontal(col("^points_.*$").exclude("points_tax_per_power"), "high_tech",
                                                 "specialised", "leasing_out", "decided", ignore_nulls=False))
        .when(below).then(pl.sum_horizontal("points_tax_per_mu", "points_tax_per_power", "high_tech", "specialised",
                                            "decided", ignore_nulls=False)),
    ).with_columns(
        state_name=when(graded & col("total").is_null()).then(lit("unresolved")).otherwise(col("scope")),
    )
    return firms.collect()


def ranked(firms):
    """Graded firms with rank and initial tier: equal keys share the rank, and at a cut the better tier."""
    keys = ["cohort", "total", "tax"]
    best_first = firms.lazy().filter(col("total").is_not_null()).select("firm", "code", *keys, "has_event",
                                                                       "scale", "previous_cohort").sort(
        keys, descending=[False, True, True], nulls_last=True)
    base = pl.len().over("cohort").cast(pl.Int64)
    return best_first.with_columns(place=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("cohort")).with_columns(
        # The place of the first firm of a run of equal keys.
        rank=when(pl.struct(keys).ne_missing(pl.struct(keys).shift(1))).then("place").forward_fill(),
    ).with_columns(
        initial=when(col("rank") <= (base * 20 + 50) // 100).then(0)
        .when(col("rank") <= (base * 80 + 50) // 100).then(1)
        .when(col("rank") <= (base * 95 + 50) // 100).then(2).otherwise(3),
    ).collect()


def decided(files, standing):
    """Each decision narrows the tiers that are open; one that leaves nothing open is overruled."""
    manual = scan(files, "decision").filter(
        in_force("date", "expiry") & col("kind").is_in(["定档", "不高于", "不低于"])
    ).join(standing.lazy(), on="code").select(
        "firm", priority=30, name=lit("manual"),
        effect=col("kind").replace_strict(["定档", "不高于", "不低于"], ["set", "not_above", "not_below"]),
        tier="tier", reason="reason", document="document")

    def rule(condition, name, priority, effect, label):
        return standing.lazy().filter(condition).select(
            "firm", priority=priority, name=lit(name), effect=lit(effect), tier=lit("C"), reason=lit(label),
            document=lit("假设，未见公开文件"))

    promoted = (col("scale") == "规上") & (col("previous_cohort") == "规下")
    decisions = pl.concat([
        manual,
        rule(col("has_event"), "accident", 20, "not_above", "安全事故、环境违法或重大税收违法一票否决"),
        rule(promoted, "promoted", 10, "not_below", "上年规下、本年升规企业不列D类"),
    ]).sort("firm", "priority", "document", "effect", "tier", descending=[False, True, False, False, False]).with_columns(
        position=pl.int_range(pl.len()).over("firm"),
        place=col("tier").replace_strict(TIERS, range(4), return_dtype=pl.Int64),
    ).with_columns(
        low=when(col("effect") == "not_below").then(0).otherwise("place"),
        high=when(col("effect") == "not_above").then(3).otherwise("place"),
    ).collect()
    open_tiers = decisions.select("firm").unique().with_columns(best=lit(0, pl.Int64), worst=lit(3, pl.Int64))
    applied = []
    for position in range((decisions["position"].max() or 0) + 1 if len(decisions) else 0):
        step = decisions.filter(col("position") == position).join(open_tiers, on="firm").with_columns(
            new_best=pl.max_horizontal("best", "low"), new_worst=pl.min_horizontal("worst", "high"),
        ).with_columns(overruled=col("new_best") > col("new_worst"))
        applied.append(step.drop("best", "worst", "new_best", "new_worst"))
        kept = step.filter(~col("overruled")).select("firm", best="new_best", worst="new_worst")
        open_tiers = open_tiers.update(kept, on="firm")
    standing = standing.join(open_tiers, on="firm", how="left").with_columns(
        tier=when(col("best").is_null()).then("initial").otherwise(
            pl.min_horizontal(pl.max_horizontal("initial", "best"), "worst")),
    )
    return standing, pl.concat(applied) if applied else decisions


def listed(firms):
    """Who is on which list, on which ground."""
    candidate = "elimination_candidate"
    works, above, below = col("state") == "在业", col("scale") == "规上", col("scale") == "规下"
    has_land = col("land") > 0
    mean = firms.lazy().filter(col("scope") == "graded").group_by("industry_group").agg(
        mean=whole(col("tax_per_mu").mean()))
    member = firms.lazy().select(
        "firm", "state", "scale", "tax_per_mu", "land", "industry_group", "previous_tier", "tier",
    ).join(mean, on="industry_group", how="left")
    grounds = [
        (candidate, "half_of_industry", works & has_land & (col("tax_per_mu") * 2 < col("mean"))),
        (candidate, "large_and_below_scale", works & below & (col("land") >= 100000)),
        (candidate, "low_tax_above", works & above & has_land & (col("tax_per_mu") < 6000000)),
        (candidate, "low_tax_below", works & below & has_land & (col("tax_per_mu") < 3000000)),
        (candidate, "tier_d", col("tier") == 3),
        (candidate, "two_years_d", (col("tier") == 3) & (col("previous_tier") == "D")),
        ("rectification", "rectification", col("tier").is_in([2, 3])),
    ]
    return pl.concat(
        member.filter(condition).select("firm", list=lit(name), ground=lit(ground))
        for name, ground, condition in grounds
    ).sort("list", "firm", "ground").collect()


def main(inbox, tiers=None):
    files = deliveries.files(inbox)
    firms = measured(files)
    standing, decisions = decided(files, ranked(firms))
    firms = firms.join(standing.select("firm", "rank", "initial", "tier"), on="firm", how="left",
                       maintain_order="left")
    placing = firms.lazy().select("firm", "cohort", "rank", "tier", "town", "industry").sort(
        "cohort", "rank", "firm", nulls_last=True).collect()
    entries = listed(firms)
    if tiers:
        firms.select("code", col("tier").replace_strict(range(4), TIERS, return_dtype=pl.String)).write_csv(tiers)
    print(len(firms), len(placing), len(decisions), len(entries))


main(*sys.argv[1:])
