"""Lists with their grounds (清单与理由), each ground with the numbers behind it (依据)."""

from fractions import Fraction

from exact import at_least, is_missing, less


def rectification(e):
    """整治提升清单: tiers C and D."""
    for firm in e.firms:
        if firm.tier in ("C", "D"):
            firm.grounds.append(("rectification", "rectification", f"档次 {firm.tier}"))


def list_candidate(firm, ground, evidence):
    firm.grounds.append(("elimination_candidate", ground, "；".join(evidence)))


def in_business(firm):
    return firm["registry_state"] == "在业"


STATE = "企业名录：登记状态 在业"


def low_tax(firm, ground, scale, floor):
    """规上亩均税收低于6万元, 规下亩均税收低于3万元."""
    if in_business(firm) and firm["registry_scale"] == scale and less(firm["tax_per_mu"], floor):
        list_candidate(firm, ground, [STATE, f"企业名录：规模 {scale}", tax_per_mu(firm)])


def half_of_industry(e, firm, statistic, category, label):
    """亩均税收低于行业均值一半: under half of the rounded mean of the firms to be graded."""
    mean, count = e.statistics[statistic, "", firm[category]]
    if in_business(firm) and not is_missing(mean) and less(firm["tax_per_mu"], Fraction(1, 2) * mean):
        average = f"亩均税收均值（按{label}） {decimal(mean, 4)} 万元/亩（{count} 户）"
        list_candidate(firm, "half_of_industry", [STATE, tax_per_mu(firm), average])


def large_and_below_scale(firm):
    """用地10亩以上仍为规下."""
    if in_business(firm) and firm["registry_scale"] == "规下" and at_least(firm["land"], 10):
        area = f"用地面积 {decimal(firm['land'], 4)} 亩"
        list_candidate(firm, "large_and_below_scale", [STATE, "企业名录：规模 规下", area])


def two_years_d(firm):
    """连续两年D类 (永康 only)."""
    if firm.tier == "D" and firm["previous_tier"] == "D":
        last_year = "上年结果：档次（latest(previous.tier where year = data_year - 1)） D"
        list_candidate(firm, "two_years_d", ["档次 D", last_year])


def tier_d(firm):
    """D类."""
    if firm.tier == "D":
        list_candidate(firm, "tier_d", ["档次 D"])


def tax_per_mu(firm):
    return f"亩均税收 {decimal(firm['tax_per_mu'], 4)} 万元/亩"


def decimal(value, places):
    """A rounded number with all its decimals: 2.1340."""
    digits = str(abs(value) * 10**places).rjust(places + 1, "0")
    return ("-" if value < 0 else "") + digits[:-places] + "." + digits[-places:]
