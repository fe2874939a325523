"""Edits of figures: ties, exact halves, values on a limit, zeros, blanks, too many digits."""

from decimal import Decimal

from editable import CODE, LESSEE, LESSOR

TAXES = [
    "增值税净入库", "免抵税额", "企业所得税", "房产税", "城镇土地使用税", "城市维护建设税", "教育费附加", "印花税", "环境保护税", "资源税",
    "先征后退", "即征即退", "留抵退税",
]
STATISTICS = ["工业总产值", "增加值", "主营业务收入", "利润总额", "年平均职工人数", "研发费用", "综合能源消费量"]
EMISSIONS = ["化学需氧量", "氨氮", "二氧化硫", "氮氧化物"]


def equal_firms(inbox):
    """Firms with the same figures, or all figures doubled: ties in total, with equal or different tax."""
    for _ in range(inbox.draw.randint(1, 4)):
        group = inbox.some(inbox.firms(), inbox.draw.choice([3, 9, 99]))
        model, area = group[0], inbox.draw.choice([2000, 4000, 8000, 20000, 3333])
        rows = {
            feed: [dict(row) for row in inbox.rows(feed) if row[CODE] == model[CODE]]
            for feed in ["tax", "statistics", "emission", "power"]
        }
        codes = {firm[CODE] for firm in group}
        for feed in list(rows) + ["land"]:
            inbox.drop(feed, lambda row: row[CODE] in codes)
        inbox.drop("lease", lambda row: row[LESSOR] in codes or row[LESSEE] in codes)
        for firm in group:
            firm["规模"], firm["登记状态"], firm["成立日期"] = model["规模"], "在业", "2001-02-03"
            factor = inbox.draw.choice([1, 1, 1, 2])
            inbox.add_land(firm[CODE], f"{area * factor}.00")
            copy_rows(inbox, rows, firm[CODE], factor)


def copy_rows(inbox, rows, code, factor):
    for feed, own in rows.items():
        for row in own:
            twin = dict(row) | {CODE: code}
            if feed == "power":
                twin["户号"] = f"{code}-{row['户号']}"
            for header in TAXES + STATISTICS + EMISSIONS + ["用电量"]:
                if twin.get(header):
                    twin[header] = str(Decimal(twin[header]) * factor)
            rows_of_period(inbox, feed, row).append(twin)


def rows_of_period(inbox, feed, row):
    """The table that a row of this period belongs to."""
    month = row.get("所属月份") or row.get("用电月份")
    for delivery in inbox.of(feed):
        period = delivery.manifest["mujun"]["period"]
        if month is None or period["from"] <= month <= period["to"]:
            return next(iter(delivery.tables.values()))
    return []


def round_figures(inbox):
    """Figures whose ratios end in an exact half, of either sign."""
    draw = inbox.draw
    firms = inbox.some(inbox.firms(), 40)
    codes = {firm[CODE] for firm in firms}
    for firm in firms:
        inbox.drop("land", lambda row: row[CODE] == firm[CODE])
        inbox.add_land(firm[CODE], f"{2000 * 2 ** draw.randint(0, 5)}.00")
    inbox.drop("lease", lambda row: row[LESSOR] in codes or row[LESSEE] in codes)
    sign = {code: draw.choice([-1, 1]) for code in sorted(codes)}
    for row in inbox.rows("tax"):
        if row[CODE] in codes:
            row.update(dict.fromkeys(TAXES, "0"))
            row[draw.choice(TAXES[:10])] = str(sign[row[CODE]] * 3 * draw.randint(-400, 4000))
    for row in inbox.rows("statistics"):
        if row[CODE] in codes:
            row.update({header: str(2 ** draw.randint(0, 9)) for header in STATISTICS})
            row["增加值"], row["研发费用"] = str(draw.randint(-999, 999)), str(draw.randint(-9, 99))
    for row in inbox.rows("emission"):
        if row[CODE] in codes:
            row.update({header: str(draw.choice(["0", "0.0001", "1", "2", "4"])) for header in EMISSIONS})
    for row in inbox.rows("power"):
        if row[CODE] in codes:
            row["用电量"] = str(draw.choice([0, 4, 5, 6, 10000, 20000, 40000, 320000]))


def on_the_line(inbox):
    """Tax per mu of exactly 6 or 3 万元, exactly half the mean of an industry, no tax beside no record of it."""
    draw = inbox.draw
    taxes = {firm[CODE]: draw.choice(["180000", "90000", "0", None]) for firm in inbox.some(inbox.firms(), 60)}
    firms = [firm for firm in inbox.firms() if firm[CODE] in taxes]
    for firm, other in zip(firms[::2], firms[1::2]):
        firm["成立日期"] = other["成立日期"] = "2001-02-03"
        if draw.random() < 0.3:
            firm["行业代码"] = other["行业代码"] = f"{4700 + inbox.number()}"
            taxes[firm[CODE]], taxes[other[CODE]] = "90000", "270000"
    one_tax(inbox, taxes)
    inbox.drop("land", lambda row: row[CODE] in taxes)
    inbox.drop("lease", lambda row: row[LESSOR] in taxes or row[LESSEE] in taxes)
    for code in taxes:
        inbox.add_land(code, "2000.00")


def one_tax(inbox, taxes):
    """Leaves each firm one tax in the whole year, in 元, or no row at all (None)."""
    done = set()
    inbox.drop("tax", lambda row: row[CODE] in taxes and taxes[row[CODE]] is None)
    for row in inbox.rows("tax"):
        if row[CODE] in taxes:
            row.update(dict.fromkeys(TAXES, "0"))
            if row[CODE] not in done:
                row["企业所得税"] = taxes[row[CODE]]
            done.add(row[CODE])


def odd_values(inbox):
    """Zero, negative and blank values where the contracts allow them."""
    draw = inbox.draw
    for feed, headers, odd in [
        ("tax", TAXES, ["0", "0.00", "-0.01", "-123456.78", "99999999"]),
        ("statistics", ["增加值", "研发费用", "利润总额"], ["", "0", "-1", "-5000"]),
        ("statistics", ["综合能源消费量"], ["", "0", "0.01"]),
        ("statistics", ["主营业务收入"], ["0", "-7", "1"]),
        ("statistics", ["年平均职工人数"], ["0", "1"]),
        ("emission", EMISSIONS, ["", "0", "0.0001"]),
        ("power", ["用电量"], ["0", "4", "5"]),
    ]:
        for row in inbox.some(inbox.rows(feed), 30) if inbox.rows(feed) else []:
            row[draw.choice(headers)] = draw.choice(odd)


def all_blank(inbox):
    """A field blank, or zero, in every row of some firms; or of the whole county."""
    draw = inbox.draw
    codes = {firm[CODE] for firm in inbox.some(inbox.firms(), 400)}
    feed, headers = draw.choice(
        [("statistics", ["增加值", "研发费用", "综合能源消费量"]), ("emission", EMISSIONS)])
    header, value = draw.choice(headers), draw.choice(["", "0"])
    for row in inbox.rows(feed):
        if row[CODE] in codes:
            row[header] = value


def too_many_digits(inbox):
    """A ratio of more than 15 digits, which refuses the run."""
    if inbox.draw.random() < 0.1 and inbox.rows("tax"):
        row = inbox.draw.choice(inbox.rows("tax"))
        row["企业所得税"] = "99999999999.99"
        inbox.drop("land", lambda other: other[CODE] == row[CODE])
        inbox.drop("lease", lambda other: row[CODE] in (other[LESSOR], other[LESSEE]))
        inbox.add_land(row[CODE], "0.04")
