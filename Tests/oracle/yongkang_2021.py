"""永康市, data year 2021, illustrative (示例): yongkang-2021.yaml.

Beyond Huangyan's rules: industry groups, bonuses and a penalty, protection of promoted firms, D two years running.
"""

import datetime
from fractions import Fraction

import common
import decisions
import lists
import standing
from exact import Missing, default, either, is_missing
from firms import Evaluation

DATA_YEAR = 2021
AS_OF = datetime.date(2022, 5, 31)
FEEDS = ["tax", "land", "lease", "statistics", "power", "emission", "event", "decision", "title", "previous"]

ABOVE = {  # 规上: weight 权重, baseline 基准值
    "tax_per_mu": (30, "30"),
    "value_added_per_mu": (20, "130"),
    "value_added_per_tce": (20, "2.54"),
    "value_added_per_t": (10, "4861.08"),
    "labour_productivity": (10, "17.45"),
    "rd_share": (10, "0.0305"),
}
BELOW = {  # 规下
    "tax_per_mu": (50, "16.601058"),
    "tax_per_power": (50, "0.236565"),
}
DECIMALS = {"tax_per_mu": 6, "tax_per_power": 6}

INDUSTRY_GROUPS = {  # 五金行业组, by GB/T 4754 code
    "门业": ["3312"],
    "工具五金": ["3322", "3324", "3351"],
    "杯锅炊具": ["3381", "3382"],
    "电动工具与电机": ["3465", "3812", "3813"],
    "电器厨具": ["3854", "3855"],
    "铸锻与表面处理": ["3360", "3391", "3392", "3393"],
    "车业": ["3612", "3670", "3770", "3780"],
}
OTHER_HARDWARE, OTHER_INDUSTRY = "五金其他", "其他行业"


def industry_group(firm):
    industry = firm["registry_industry"]
    if is_missing(industry):
        return industry
    for group, codes in INDUSTRY_GROUPS.items():
        if industry in codes:
            return group
    return OTHER_HARDWARE if industry[:2] in ("33", "34", "35") else OTHER_INDUSTRY


def columns(e):
    common.columns(e)
    last_year = DATA_YEAR - 1
    e.has_column("has_title_for_high_tech", "title", lambda row: row["title"] == "高新技术企业")
    e.has_column(
        "has_title_for_specialised", "title", lambda row: row["title"] in ("专精特新中小企业", "专精特新小巨人"))
    e.count_column("leased_out_rows_for_leasing_out", "leased_out", lambda row: row["kind"] == "企业")
    e.sum_column("decision", "points", "decision_points_for_decided", lambda row: row["kind"] == "加分")
    e.latest_column("previous_cohort_for_promoted", "previous", "cohort", lambda row: row["year"] == last_year)
    e.latest_column("previous_tier_for_two_years_d", "previous", "tier", lambda row: row["year"] == last_year)


def adjustments(e):
    """加分扣分. Whether a firm has a title is unknown where a row was refused; then its bonus is missing."""
    for firm in e.firms_in_scope("above") + e.firms_in_scope("below"):
        firm.values["high_tech"] = either(Fraction(2), firm["has_title_for_high_tech"], Fraction(0))
        firm.values["specialised"] = either(Fraction(1), firm["has_title_for_specialised"], Fraction(0))
        firm.values["decided"] = default(firm["decision_points_for_decided"], Fraction(0))
    for firm in e.firms_in_scope("above"):
        firm.values["leasing_out"] = leasing_out(firm["leased_out_rows_for_leasing_out"])


def leasing_out(tenants):
    """规上出租扣分: the first firm as a tenant is free, each further one costs 5, but no more than 10."""
    if is_missing(tenants):
        return tenants
    return max(Fraction(-10), -5 * max(Fraction(0), tenants - 1))


def evaluate(county):
    e = Evaluation(county, DECIMALS)
    columns(e)
    common.measures(e)
    common.indicators(e)
    e.value("industry_group", industry_group)
    common.scope(e)

    common.points(e, "above", ABOVE)
    common.points(e, "below", BELOW)
    adjustments(e)
    bonuses = ["high_tech", "specialised", "decided"]
    common.total(e, "above", [f"points_{indicator}" for indicator in ABOVE] + bonuses + ["leasing_out"])
    common.total(e, "below", [f"points_{indicator}" for indicator in BELOW] + bonuses)
    common.states(e, lambda firm: [decisions.had_accident(firm), decisions.was_promoted(firm)])

    standing.rank(e)
    standing.decide(
        e, lambda firm: decisions.manual(e, firm) + decisions.accident(firm) + decisions.promoted(firm))

    mean_of_group = "mean_tax_per_mu_by_industry_group"
    groups = list(INDUSTRY_GROUPS) + [OTHER_HARDWARE, OTHER_INDUSTRY]
    common.mean_tax_per_mu(e, mean_of_group, "industry_group", groups)
    lists.rectification(e)
    for firm in e.firms:  # 淘汰落后候选清单: every firm of the registry
        lists.low_tax(e, firm, "low_tax_above", "规上", 6)
        lists.low_tax(e, firm, "low_tax_below", "规下", 3)
        lists.half_of_industry(e, firm, mean_of_group, "industry_group", "五金行业组")
        lists.large_and_below_scale(firm)
        lists.two_years_d(firm, DATA_YEAR - 1)
        lists.tier_d(firm)
    return e
