"""台州市黄岩区, data year 2021: huangyan-2021.yaml."""

import datetime

import huangyan

DATA_YEAR = 2021
AS_OF = datetime.date(2022, 5, 31)
FEEDS = huangyan.FEEDS

ABOVE = {  # 规上: weight 权重, baseline 基准值
    "tax_per_mu": (30, "26.01"),
    "value_added_per_mu": (20, "132.27"),
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


def evaluate(county):
    return huangyan.evaluate(county, ABOVE, BELOW, DECIMALS)
