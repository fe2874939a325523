"""What the three method files (Samples/methods) say in the same words: measures, indicators, scope, points."""

from fractions import Fraction

from exact import (
    Missing, add, all_of, any_of, at_most, default, divide, first_that_holds, is_missing, less, mean, multiply, no,
    one_of, rounded, start,
)

TAXES = [  # 税种: what counts as tax
    "vat_net", "export_credit", "income_tax", "property_tax", "land_use_tax", "city_maintenance", "surcharges",
    "stamp_tax", "environment_tax", "resource_tax",
]
POLLUTANTS = ["cod", "nh3n", "so2", "nox"]  # 主要污染物
VETO_EVENTS = {"安全事故", "环境违法", "重大税收违法"}
MU = Fraction(15, 10_000)  # 亩 in one m², exactly


def columns(e):
    """What is read from the feeds."""
    for tax in TAXES:
        e.sum_column("tax", tax)  # 元
    for relation in ["land", "leased_in", "leased_out"]:
        e.sum_column(relation, "area")  # m²
    for field in ["value_added", "revenue", "rd", "energy", "staff"]:
        e.sum_column("statistics", field)  # 千元, tce, 人
    e.sum_column("power", "kwh")
    for pollutant in POLLUTANTS:
        e.sum_column("emission", pollutant)  # t
    for field in ["state", "industry", "founded", "scale"]:
        e.registry_column(field)
    e.has_column("has_event_for_accident", "event", lambda row: row["kind"] in VETO_EVENTS)
    for name, kind in [
        ("excluded", "不纳入评价"), ("deferred", "暂不评价"), ("above", "按规上评价"), ("above_2", "按规下评价"),
    ]:
        e.has_column(f"has_decision_for_{name}", "decision", lambda row: row["kind"] == kind)


def measures(e):
    """口径量, each rounded once."""
    def tax(firm):  # 万元
        return multiply(add(*[firm[f"tax_{tax}"] for tax in TAXES]), Fraction(1, 10_000))

    def land(firm):  # 亩: own + leased in − leased out
        own, leased_in, leased_out = [
            default(firm[f"{relation}_area"], Fraction(0)) for relation in ["land", "leased_in", "leased_out"]
        ]
        return multiply(add(own, leased_in, multiply(leased_out, -1)), MU)

    def emission(firm):
        return add(*[firm[f"emission_{pollutant}"] for pollutant in POLLUTANTS])

    from_thousands = Fraction(1, 10)  # 千元 to 万元
    e.value("tax", lambda firm: rounded(tax(firm), 4))
    e.value("land", lambda firm: rounded(land(firm), 4))
    e.value("value_added", lambda firm: rounded(multiply(firm["statistics_value_added"], from_thousands), 4))
    e.value("revenue", lambda firm: rounded(multiply(firm["statistics_revenue"], from_thousands), 4))
    e.value("rd", lambda firm: rounded(multiply(firm["statistics_rd"], from_thousands), 4))
    e.value("energy", lambda firm: rounded(firm["statistics_energy"], 4))
    e.value("power", lambda firm: rounded(multiply(firm["power_kwh"], Fraction(1, 10_000)), 4))  # 万kWh
    e.value("emission", lambda firm: rounded(emission(firm), 4))
    e.value("staff", lambda firm: rounded(firm["statistics_staff"], 0))


def indicators(e):
    """指标: ratios of the rounded measures."""
    ratios = {
        "tax_per_mu": ("tax", "land"),  # 亩均税收
        "value_added_per_mu": ("value_added", "land"),  # 亩均增加值
        "value_added_per_tce": ("value_added", "energy"),  # 单位能耗增加值
        "value_added_per_t": ("value_added", "emission"),  # 单位排放增加值
        "labour_productivity": ("value_added", "staff"),  # 全员劳动生产率
        "rd_share": ("rd", "revenue"),  # R&D经费占主营业务收入之比
        "tax_per_power": ("tax", "power"),  # 单位用电税收
    }
    for name, (above, below) in ratios.items():
        e.value(name, lambda firm: rounded(divide(firm[above], firm[below]), e.decimals(name)))


CLASS_OF_STATE = {
    "graded": "graded",  # 参评
    "deregistered": "out_of_scope",  # 已注销或迁出
    "excluded": "out_of_scope",  # 人工认定不纳入评价
    "deferred": "ungraded",  # 人工认定暂不评价
    "utility": "exempt",  # 公用事业
    "grace": "ungraded",  # 新设企业过渡期
    "no_land": "out_of_scope",  # 无用地
    "unresolved": "ungraded",  # 数据待核
    # Those of open-2021.
    "struck": "exempt",
    "small": "out_of_scope",
    "settled": "ungraded",
}


def scope(e):
    """评价范围: the first rule that holds; a firm to which none applies is to be graded.

    Where a rule that rests on a refused row stands before it, nobody knows. Such a firm will be unresolved (数据待核);
    like other unresolved firms it keeps its points, and what is known of it counts in means.
    """
    for firm in e.firms:
        age = full_years(firm["registry_founded"], e.county.as_of)
        rules = [
            ("deregistered", one_of(firm["registry_state"], "注销", "迁出")),
            ("excluded", firm["has_decision_for_excluded"]),
            ("deferred", firm["has_decision_for_deferred"]),
            ("utility", one_of(start(firm["registry_industry"], 2), "44", "45", "46")),
            ("grace", less(age, 2)),
            ("no_land", at_most(firm["land"], 0)),
        ]
        firm.scope = first_that_holds(rules, "graded")
        if is_missing(firm.scope):
            firm.scope, firm.is_scope_open = "graded", True
        firm.cohort = cohort(firm)


def cohort(firm):
    """评价组: by scale, unless the office decided otherwise; where it decided both ways, 规下."""
    as_above, as_below = firm["has_decision_for_above"], firm["has_decision_for_above_2"]
    rules = [
        ("above", all_of(any_of(one_of(firm["registry_scale"], "规上"), as_above), no(as_below))),
        ("below", any_of(one_of(firm["registry_scale"], "规下"), as_below)),
    ]
    found = first_that_holds(rules, None)
    return None if is_missing(found) else found


def full_years(begin, end):
    """Full years from one day to another: on the day before a birthday the year is not yet full."""
    if is_missing(begin):
        return begin
    birthday_to_come = (end.month, end.day) < (begin.month, begin.day)
    return end.year - begin.year - (1 if birthday_to_come else 0)


def points(e, cohort, weights_and_baselines):
    """得分 = weight × value ÷ baseline, four decimals, without limits. A missing value scores 0 …"""
    for indicator, (weight, baseline) in weights_and_baselines.items():
        name = f"points_{indicator}"
        factor = Fraction(weight) / Fraction(baseline)
        firms = e.firms_in_scope(cohort)
        for firm in firms:
            firm.values[name] = rounded(multiply(firm[indicator], factor), 4)
        substitute = Fraction(0)
        if indicator == "value_added_per_t":
            # … but without emission data a firm gets the mean of the points that the others of its cohort have,
            # and so does a firm that reports zero emission, which has no ratio either.
            substitute = mean([firm[name] for firm in firms], 4)
            count = sum(1 for firm in firms if not is_missing(firm[name]))
            e.statistics[f"mean_{name}", cohort, ""] = (substitute, count, 4)
        for firm in firms:
            firm.values[name] = default(firm[name], substitute)


def total(e, cohort, parts):
    """总分: the sum of the rounded parts."""
    for firm in e.firms_in_scope(cohort):
        firm.total = rounded(add(*[firm[part] for part in parts]), 4)


def states(e, conditions_of):
    """评价状态: a firm that should be graded and has no total is unresolved (数据待核).

    So is one with a total, when a rule of scope or the condition of a decision rests on a refused row: the rule might
    hold, the veto might apply.
    """
    for firm in e.firms:
        firm.state = firm.scope
        if firm.scope == "graded":
            may_be_vetoed = Missing.REFUSED_ROW in conditions_of(firm)
            if firm.is_scope_open or may_be_vetoed or is_missing(firm.total):
                firm.state = "unresolved"


def mean_tax_per_mu(e, name, category, texts):
    """The mean tax per mu of the firms to be graded, for every industry or group; some may have no firm."""
    decimals = e.decimals("tax_per_mu")
    for text in texts:
        own = [firm["tax_per_mu"] for firm in e.firms_in_scope() if firm[category] == text]
        count = sum(1 for value in own if not is_missing(value))
        e.statistics[name, "", text] = (mean(own, decimals), count, decimals)
