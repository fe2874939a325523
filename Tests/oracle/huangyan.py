"""台州市黄岩区, the rules of both years (Samples/methods/huangyan-2021.yaml and huangyan-2022.yaml).

The years differ in data year, as-of day, baselines and decimals only: see huangyan_2021.py and huangyan_2022.py.
"""

import common
import decisions
import lists
import standing
from firms import Evaluation

FEEDS = ["tax", "land", "lease", "statistics", "power", "emission", "event", "decision"]


def evaluate(county, above, below, decimals):
    """`above` and `below`: weight and baseline of each indicator, for 规上 and for 规下.

    `decimals`: those of indicators that have more than four.
    """
    e = Evaluation(county, decimals)
    common.columns(e)
    common.measures(e)
    common.indicators(e)
    common.scope(e)

    common.points(e, "above", above)
    common.points(e, "below", below)
    common.total(e, "above", [f"points_{indicator}" for indicator in above])
    common.total(e, "below", [f"points_{indicator}" for indicator in below])
    common.states(e, lambda firm: [decisions.had_accident(firm)])

    standing.rank(e)
    standing.decide(e, lambda firm: decisions.manual(e, firm) + decisions.accident(firm))

    mean_of_industry = "mean_tax_per_mu_by_registry_industry"
    industries = {firm.industry for firm in e.firms if firm.industry}
    common.mean_tax_per_mu(e, mean_of_industry, "registry_industry", industries)
    lists.rectification(e)
    for firm in e.firms:  # 淘汰落后候选清单: every firm of the registry
        lists.low_tax(e, firm, "low_tax_above", "规上", 6)
        lists.low_tax(e, firm, "low_tax_below", "规下", 3)
        lists.half_of_industry(e, firm, mean_of_industry, "registry_industry", "企业名录：行业代码")
        lists.large_and_below_scale(firm)
        lists.tier_d(firm)
    return e
