"""台州市黄岩区, data year 2022: huangyan-2022.yaml."""

import datetime

import huangyan

DATA_YEAR = 2022
AS_OF = datetime.date(2023, 9, 25)
FEEDS = huangyan.FEEDS

ABOVE = {  # 规上: weight 权重, baseline 基准值
    "tax_per_mu": (30, "24.097"),
    "value_added_per_mu": (20, "136.16"),
    "value_added_per_tce": (20, "2.694"),
    "value_added_per_t": (10, "4929.81"),
    "labour_productivity": (10, "18.14"),
    "rd_share": (10, "0.0302"),
}
BELOW = {  # 规下
    "tax_per_mu": (50, "11.5932"),
    "tax_per_power": (50, "0.2352"),
}


def evaluate(county):
    return huangyan.evaluate(county, ABOVE, BELOW, decimals={})
