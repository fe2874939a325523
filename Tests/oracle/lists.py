"""Lists with their grounds (清单与理由), each ground with the numbers behind it (依据)."""

from fractions import Fraction

from exact import is_missing, all_of, at_least, less, multiply, one_of


def rectification(e):
    """整治提升清单: tiers C and D."""
    for firm in e.firms:
        if firm.tier in ("C", "D"):
            firm.grounds.append(("rectification", "rectification", f"档次 {firm.tier}"))


def list_candidate(firm, ground, evidence):
    firm.grounds.append(("elimination_candidate", ground, "；".join(evidence)))


def in_business(firm):
    return one_of(firm["registry_state"], "在业")


def is_of_scale(firm, scale):
    return one_of(firm["registry_scale"], scale)


def has_land(firm):
    """A negative ratio of tax to land is no low yield."""
    return less(0, firm["land"])


STATE = "企业名录：登记状态 在业"


def low_tax(e, firm, ground, scale, floor):
    """规上亩均税收低于6万元, 规下亩均税收低于3万元."""
    is_low = less(firm["tax_per_mu"], floor)
    if all_of(in_business(firm), is_of_scale(firm, scale), has_land(firm), is_low) is True:
        evidence = [STATE, f"企业名录：规模 {scale}", land(firm), tax_per_mu(e, firm)]
        list_candidate(firm, ground, evidence)


def half_of_industry(e, firm, statistic, category, label):
    """亩均税收低于行业均值一半: under half of the rounded mean of the firms to be graded."""
    if is_missing(firm[category]):
        return
    mean, count, decimals = e.statistics[statistic, "", firm[category]]
    is_low = less(firm["tax_per_mu"], multiply(mean, Fraction(1, 2)))
    if all_of(in_business(firm), has_land(firm), is_low) is True:
        average = f"亩均税收均值（按{label}） {decimal(mean, decimals)} 万元/亩（{count} 户）"
        list_candidate(firm, "half_of_industry", [STATE, land(firm), tax_per_mu(e, firm), average])


def large_and_below_scale(firm):
    """用地10亩以上仍为规下."""
    if all_of(in_business(firm), is_of_scale(firm, "规下"), at_least(firm["land"], 10)) is True:
        list_candidate(firm, "large_and_below_scale", [STATE, "企业名录：规模 规下", land(firm)])


def two_years_d(firm, last_year):
    """连续两年D类 (永康 only)."""
    if firm.tier == "D" and one_of(firm["previous_tier_for_two_years_d"], "D") is True:
        list_candidate(firm, "two_years_d", ["档次 D", f"上年结果：档次（年度 = {last_year}） D"])


def tier_d(firm):
    """D类."""
    if firm.tier == "D":
        list_candidate(firm, "tier_d", ["档次 D"])


def land(firm):
    return f"用地面积 {decimal(firm['land'], 4)} 亩"


def tax_per_mu(e, firm):
    return f"亩均税收 {decimal(firm['tax_per_mu'], e.decimals('tax_per_mu'))} 万元/亩"


def decimal(value, places):
    """A rounded number with all its decimals: 2.1340."""
    digits = str(abs(value) * 10**places).rjust(places + 1, "0")
    return ("-" if value < 0 else "") + digits[:-places] + "." + digits[-places:]
