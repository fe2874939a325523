"""Edits of what firms are: age, scale, industry, land and leases, vetoes, last year's result."""

from editable import CODE, LESSEE, LESSOR

UNKNOWN_FIRMS = ["91330784000000019T", "91330784MA0000015H", "913307841234567885"]


def expiries(inbox):
    """Titles, events and leases that begin or end around the as-of day; firms that become two years old then."""
    draw = inbox.draw
    for feed, begin, end in [
        ("title", "授予日期", "有效期至"), ("event", "发生日期", "失效日期"), ("lease", "起租日期", "到期日期"),
        ("decision", "认定日期", "失效日期"),
    ]:
        for row in inbox.some(inbox.rows(feed), 40) if inbox.rows(feed) else []:
            row[draw.choice([begin, end])] = inbox.around()
    year = inbox.as_of.year - 2
    for firm in inbox.some(inbox.firms(), 20):
        firm["成立日期"] = draw.choice(
            [f"{year}-{inbox.day(offset)[5:]}" for offset in (-1, 0, 1)] + ["2020-02-29", inbox.day(3)])


def other_registry(inbox):
    """Firms of another scale, state or industry; small and empty cohorts."""
    draw = inbox.draw
    share, scale = draw.choice([0.1, 0.1, 0.5, 0.97, 1]), draw.choice(["规上", "规下"])
    industries = ["3312", "3324", "3382", "3465", "3855", "3391", "3670", "3525", "4411", "4610", "1310", "33", "3"]
    for firm in inbox.firms():
        if draw.random() < share:
            firm["规模"] = scale
        if draw.random() < 0.05:
            firm["登记状态"] = draw.choice(["吊销", "注销", "迁出"])
        if draw.random() < 0.3:
            firm["行业代码"] = draw.choice(industries)


def refused_firms(inbox):
    """Registry rows that the contract refuses; no more of them than it allows."""
    draw = inbox.draw
    firms = list(inbox.firms())
    for firm in draw.sample(firms, min(len(firms), 8)):
        header, text = draw.choice([("登记状态", "存续"), ("规模", ""), ("成立日期", "1993-02-30"), ("行业代码", "门业")])
        firm[header] = text


def odd_land(inbox):
    """Next to no land, no land, or less than none."""
    for firm in inbox.some(inbox.firms(), 20):
        inbox.drop("land", lambda row: row[CODE] == firm[CODE])
        inbox.drop("lease", lambda row: firm[CODE] in (row[LESSOR], row[LESSEE]))
        area = inbox.draw.choice(["0", "0.01", "0.03", "0.04", "0.1", "6666.66", "6666.67", "70000"])
        inbox.add_land(firm[CODE], area)
        if inbox.draw.random() < 0.5:
            lease(inbox, firm[CODE], "", "7000.00")


def lease(inbox, lessor, lessee, area):
    """A lease that is mostly in force; an old one may have ended."""
    draw = inbox.draw
    inbox.add("lease", **{
        LESSOR: lessor, LESSEE: lessee, "不动产权证号": f"试证第{inbox.number()}号", "租赁面积": area,
        "起租日期": draw.choice(["2015-01-01", inbox.around()]), "到期日期": draw.choice(["", "", inbox.around()]),
        "类型": draw.choice(["企业", "企业", "企业", "村二厂", "小微园", "民用房"])})


def leases(inbox):
    """Firms with many tenants, tenants of unknown firms, a firm as its own tenant, nobody's lease."""
    draw = inbox.draw
    others = [firm[CODE] for firm in inbox.firms()] + UNKNOWN_FIRMS + [""]
    for firm in inbox.some(inbox.firms("规上") or inbox.firms(), 12):
        for _ in range(draw.randint(1, 5)):
            lease(inbox, firm[CODE], draw.choice(others), str(draw.choice([1, 100, 5000])))
    lease(inbox, firm[CODE], firm[CODE], "300.00")
    lease(inbox, "", "", "300.00")


def vetoes(inbox):
    """Many events, in force or not, and of kinds that do not count."""
    draw = inbox.draw
    for firm in inbox.some(inbox.firms(), 60):
        kind = draw.choice(["安全事故", "环境违法", "重大税收违法", "食品安全事故", "严重失信", "未完成节能任务"])
        inbox.add("event", **{
            CODE: firm[CODE], "案件文号": f"试案{inbox.number()}号", "事项": kind,
            "发生日期": draw.choice([f"{inbox.data_year}-06-01", inbox.around()]),
            "失效日期": draw.choice(["", "", inbox.around()])})


def last_year(inbox):
    """Other cohorts and tiers of the year before; rows of the year before that."""
    draw = inbox.draw
    for row in inbox.rows("previous"):
        if draw.random() < 0.4:
            row["评价组"] = draw.choice(["规上", "规下", "规下", ""])
            row["档次"] = draw.choice(["A", "C", "D", "D", "D", ""])
    for delivery in inbox.of("previous"):
        delivery.manifest["mujun"]["period"]["from"] = f"{inbox.data_year - 2}-01"
        for rows in delivery.tables.values():
            for row in inbox.some(rows, 20) if rows else []:
                twin = dict(row) | {"年度": str(inbox.data_year - 2), "评价组": "规下", "档次": "D"}
                if draw.random() < 0.5:
                    rows.append(twin)
                else:
                    row.update(twin)
