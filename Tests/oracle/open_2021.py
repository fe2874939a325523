"""Not any city's method: open-2021.yaml beside this file, where every kind of rule may be left open by a refused row.

In the methods of the cities a refused row always reaches the total. Here scope, cohorts, groups, bonuses and decisions
rest on rows that may be refused while the total is known, and some firms belong to no cohort.
"""

import datetime
from fractions import Fraction

import common
import decisions
import lists
import standing
from exact import (
    Missing, add, all_of, any_of, at_least, default, divide, either, first_that_holds, has_none, is_missing, less, mean,
    multiply, no, one_of, rounded,
)
from firms import AppliedDecision, Evaluation

DATA_YEAR = 2021
AS_OF = datetime.date(2022, 5, 31)
FEEDS = ["tax", "land", "event", "decision", "title", "previous"]
COHORTS = ["titled", "rising"]
GROUPS = ["获评", "受罚", "大户", "其他"]
MEAN = "mean_tax_per_mu_by_standing"


def columns(e):
    e.sum_column("tax", "income_tax")
    e.sum_column("tax", "vat_net")
    e.sum_column("land", "area")
    e.registry_column("scale")
    for name, *titles in [
        ("standing", "高新技术企业"), ("titled", "高新技术企业", "绿色工厂"), ("bonus", "专精特新中小企业"),
    ]:
        e.has_column(f"has_title_for_{name}", "title", lambda row: row["title"] in titles)
    for name, *kinds in [
        ("standing", "安全事故"), ("struck", "重大税收违法"), ("titled", "环境违法"), ("veto", "安全事故", "未完成节能任务"),
    ]:
        e.has_column(f"has_event_for_{name}", "event", lambda row: row["kind"] in kinds)
    for name, field in [("settled", "tier"), ("rising", "cohort")]:
        e.latest_column(
            f"previous_{field}_for_{name}", "previous", field, lambda row: row["year"] == DATA_YEAR - 1)


def group(firm):
    is_below = one_of(firm["registry_scale"], "规下")
    return first_that_holds([
        ("获评", firm["has_title_for_standing"]),
        ("受罚", all_of(firm["has_event_for_standing"], no(is_below))),
        ("大户", all_of(at_least(firm["land"], 10), no(has_none(firm["tax"])))),
    ], "其他")


def scope_and_cohort(e):
    for firm in e.firms:
        is_above, is_below = one_of(firm["registry_scale"], "规上"), one_of(firm["registry_scale"], "规下")
        firm.scope = first_that_holds([
            ("struck", all_of(firm["has_event_for_struck"], no(firm["has_title_for_standing"]))),
            ("small", any_of(less(firm["land"], 1), less(firm["tax"], 0))),
            ("settled", all_of(is_below, one_of(firm["previous_tier_for_settled"], "A"))),
        ], "graded")
        if is_missing(firm.scope):
            firm.scope, firm.is_scope_open = "graded", True
        cohort = first_that_holds([
            ("titled", any_of(firm["has_title_for_titled"], all_of(is_above, no(firm["has_event_for_titled"])))),
            ("rising", one_of(firm["previous_cohort_for_rising"], "规下")),
        ], None)
        firm.cohort = None if is_missing(cohort) else cohort


def points(e):
    name = "points_tax_per_mu"
    for cohort, baseline in zip(COHORTS, [20, 10]):
        for firm in e.firms_in_scope(cohort):
            firm.values[name] = rounded(multiply(firm["tax_per_mu"], Fraction(50, baseline)), 4)
    titled = [firm[name] for firm in e.firms_in_scope("titled")]
    substitutes = {"titled": mean(titled, 4), "rising": Fraction(0)}
    count = sum(1 for value in titled if not is_missing(value))
    e.statistics[f"mean_{name}", "titled", ""] = (substitutes["titled"], count, 4)
    for cohort in COHORTS:
        for firm in e.firms_in_scope(cohort):
            firm.values[name] = default(firm[name], substitutes[cohort])


def mean_of_group(e, firm):
    """Who belongs to no group because of a refused row has no mean for the same reason."""
    if is_missing(firm["standing"]):
        return firm["standing"]
    return e.statistics[MEAN, "", firm["standing"]][0]


def adjustments(e):
    for cohort in COHORTS:
        for firm in e.firms_in_scope(cohort):
            little_tax = no(less(100, firm["tax"]))
            has_merit = any_of(firm["has_title_for_bonus"], less(5, firm["land"]))
            firm.values["bonus"] = either(Fraction(3), has_merit, either(Fraction(1), little_tax, Fraction(0)))
            is_better = less(mean_of_group(e, firm), firm["tax_per_mu"])
            firm.values["better"] = either(Fraction(2), is_better, Fraction(0))


def is_vetoed(firm):
    return all_of(firm["has_event_for_veto"], no(firm["has_title_for_bonus"]))


def rules(firm):
    found = []
    if is_vetoed(firm) is True:
        reason = "有否决事项（安全事故、未完成节能任务） 且 非 有荣誉资质（专精特新中小企业）"
        found.append(AppliedDecision("veto", "一票否决", 20, "not_above", "C", reason, "测试"))
    # This one asks for the initial tier as well; a refused row leaves it open whatever that will be.
    if firm.initial_tier in ("C", "D") and one_of(firm["previous_tier_for_settled"], "D") is True:
        reason = "初定档次 属于（C、D） 且 上年结果：档次（年度 = 2020） = D"
        found.append(AppliedDecision("again", "连续两年落后", 10, "set", "D", reason, "测试"))
    return found


def list_firms(e):
    for firm in e.firms:
        if firm.tier in ("A", "B") and no(firm["has_event_for_titled"]) is True:
            firm.grounds.append(("clean", "clean", f"档次 {firm.tier}；有否决事项（环境违法） 否"))
    for firm in e.firms:
        if all_of(no(firm["has_title_for_standing"]), one_of(firm["standing"], "其他")) is True:
            firm.grounds.append(("plain", "untitled", "有荣誉资质（高新技术企业） 否；类别 其他"))
        average = mean_of_group(e, firm)
        if less(firm["tax_per_mu"], multiply(average, Fraction(1, 2))) is True:
            count = e.statistics[MEAN, "", firm["standing"]][1]
            of_group = f"亩均税收均值（按类别） {lists.decimal(average, 4)} 万元/亩（{count} 户）"
            firm.grounds.append(("plain", "low", f"{lists.tax_per_mu(e, firm)}；{of_group}"))


def evaluate(county):
    e = Evaluation(county, decimals={}, cohorts=COHORTS)
    columns(e)
    yuan = Fraction(1, 10_000)
    e.value("tax", lambda firm: rounded(multiply(add(firm["tax_income_tax"], firm["tax_vat_net"]), yuan), 4))
    e.value("land", lambda firm: rounded(multiply(firm["land_area"], common.MU), 4))
    e.value("tax_per_mu", lambda firm: rounded(divide(firm["tax"], firm["land"]), 4))
    e.value("standing", group)
    scope_and_cohort(e)

    common.mean_tax_per_mu(e, MEAN, "standing", GROUPS)
    points(e)
    adjustments(e)
    for cohort in COHORTS:
        common.total(e, cohort, ["points_tax_per_mu", "bonus", "better"])
    common.states(e, lambda firm: [is_vetoed(firm), one_of(firm["previous_tier_for_settled"], "D")])

    standing.rank(e)
    standing.decide(e, lambda firm: decisions.manual(e, firm) + rules(firm))
    list_firms(e)
    return e
