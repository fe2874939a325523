"""Edits of what arrives: rows and feeds that are missing, refused, repeated or delivered anew."""

from editable import CODE, LESSEE, LESSOR


def missing_rows(inbox):
    """Rows, or all rows of some firms, that were not delivered."""
    draw = inbox.draw
    feed = draw.choice(["tax", "statistics", "land", "power", "emission", "event", "title", "previous"])
    if draw.random() < 0.5:
        codes = {firm[CODE] for firm in inbox.some(inbox.firms(), 50)}
        inbox.drop(feed, lambda row: row[CODE] in codes)
    else:
        share = draw.random()
        inbox.drop(feed, lambda row: draw.random() < share)


def missing_feed(inbox):
    """An optional feed not delivered, empty, or without firms above scale."""
    feed = inbox.draw.choice(["emission", "emission", "lease", "event", "title", "previous", "decision"])
    way = inbox.draw.randint(1, 3)
    if way == 1:
        inbox.deliveries = [delivery for delivery in inbox.deliveries if delivery.feed != feed]
    elif way == 2:
        inbox.drop(feed, lambda row: True)
    else:
        codes = {firm[CODE] for firm in inbox.firms("规上")}
        inbox.drop(feed, lambda row: (row.get(CODE) or row.get(LESSOR)) in codes)


def refused_rows(inbox):
    """Fields that refuse their rows; now and then too many for the contract."""
    draw = inbox.draw
    bad = {
        "tax": [("增值税净入库", ["", "1,00", "1.234"]), ("所属月份", ["", "2019-01", "2021-13"])],
        "statistics": [("主营业务收入", ["", "12.5"]), ("年度", ["2010"]), ("增加值", ["1e5"])],
        "land": [("用地面积", ["", "-1", "12.345"]), ("用途", ["住宅"])],
        "lease": [("租赁面积", ["", "-1"]), ("类型", ["", "仓库"]), (LESSOR, ["91330784000000010T"])],
        "power": [("用电量", ["", "-1"]), ("户号", [""])],
        "emission": [("化学需氧量", ["-1", "0.00001"])],
        "event": [("发生日期", ["", "2021-02-30"]), ("案件文号", [""])],
        "title": [("授予日期", [""]), ("级别", ["部级"])],
        "previous": [("总分", ["x"]), ("年度", ["", "2015"])],
        "registry": [("规模", ["", "微型"]), ("行业代码", [""]), ("成立日期", ["2020-13-01"])],
    }
    most = 60 if draw.random() < 0.08 else 4
    for feed in draw.sample(sorted(bad), 3):
        for row in inbox.some(inbox.rows(feed), most) if inbox.rows(feed) else []:
            header, values = draw.choice(bad[feed])
            row[header] = draw.choice(values)


def refused_facts(inbox):
    """Refused rows of what rules ask for, of firms that may have good ones as well: vetoes, titles, last year, land."""
    draw = inbox.draw
    year = inbox.data_year - 1
    good = {
        "event": lambda: {"事项": draw.choice(["安全事故", "环境违法", "未完成节能任务"]), "案件文号": f"实案{inbox.number()}号",
                          "发生日期": f"{year}-05-05"},
        "title": lambda: {"称号": draw.choice(["高新技术企业", "专精特新中小企业", "绿色工厂"]), "授予日期": f"{year}-05-05",
                          "有效期至": draw.choice(["", inbox.around()])},
        "previous": lambda: {"年度": str(year), "评价组": draw.choice(["规上", "规下"]), "档次": draw.choice("ABCDD")},
        "land": lambda: {"不动产权证号": f"实证第{inbox.number()}号", "用地面积": "5000.00", "用途": "工业"},
        "lease": lambda: {LESSEE: draw.choice(inbox.firms())[CODE], "不动产权证号": f"实证第{inbox.number()}号",
                          "租赁面积": "400.00", "起租日期": "2015-01-01", "类型": "企业"},
    }
    bad = {
        "event": ("发生日期", "2021-02-30"), "title": ("级别", "部级"), "previous": ("总分", "x"),
        "land": ("用地面积", "-1"), "lease": ("租赁面积", ""),
    }
    for feed, make in good.items():
        # More than five refused events or titles refuse the run.
        for firm in inbox.some(inbox.firms(), 4 if feed in ("event", "title") else 15):
            subject = {LESSOR if feed == "lease" else CODE: firm[CODE]}
            if feed == "previous":  # one row a year
                inbox.drop(feed, lambda row: row[CODE] == firm[CODE] and draw.random() < 0.8)
            elif draw.random() < 0.4:
                inbox.add(feed, **subject | make())
            inbox.add(feed, **subject | make() | dict([bad[feed]]))


def repeated_rows(inbox):
    """Rows that stand twice: the same, which is one, or different, which is none."""
    draw = inbox.draw
    changes = {
        "tax": ("印花税", "77.77"), "statistics": ("利润总额", "77"), "land": ("用地面积", "777.77"),
        "lease": ("租赁面积", "777.77"), "power": ("用电量", "777"), "emission": ("氨氮", "7.7"),
        "event": ("等级", "重大"), "title": ("级别", "县级"), "previous": ("总分", "77.7"),
        "registry": ("住所", "他处"),
    }
    for feed, (header, value) in changes.items():
        for rows in inbox.tables(feed):
            if rows and draw.random() < 0.4:
                for row in inbox.some(rows, 2):
                    twin = dict(row)
                    if draw.random() < 0.5:
                        twin[header] = value
                    rows.insert(draw.randint(0, len(rows)), twin)


def corrections(inbox):
    """Deliveries that replace others in whole or in part, or come too late to count."""
    draw = inbox.draw
    for feed in draw.sample(["tax", "power", "statistics", "emission", "event", "title", "previous"], 3):
        if not inbox.of(feed):
            continue
        old = draw.choice(inbox.of(feed))
        new = old.copy(f"{feed}-{inbox.number()}")
        new.manifest["created"] = draw.choice(["2020-01-01T00:00:00+08:00", "2030-01-01T00:00:00+08:00",
                                               old.manifest["created"]])
        for rows in new.tables.values():
            rows[:] = [row for row in rows if draw.random() < 0.8]
            for row in rows:
                for header in ["印花税", "用电量", "利润总额"]:
                    if header in row:
                        row[header] = "4321"
        if feed in ("tax", "power") and draw.random() < 0.5:
            widen(inbox, new)
        inbox.deliveries.append(new)
    for feed in draw.sample(["registry", "land", "lease"], 1):
        if inbox.of(feed):
            old = inbox.of(feed)[0]
            new = old.copy(f"{feed}-{inbox.number()}")
            new.manifest["mujun"]["state_of"] = draw.choice(
                [old.manifest["mujun"]["state_of"], inbox.day(0), inbox.day(1), "2010-01-01"])
            new.manifest["created"] = draw.choice(["2020-01-01T00:00:00+08:00", "2030-01-01T00:00:00Z"])
            for rows in new.tables.values():
                rows[:] = [row for row in rows if draw.random() < 0.95]
            inbox.deliveries.append(new)


def widen(inbox, delivery):
    """Makes a month's delivery one of several months, or of a year and the next month."""
    period = delivery.manifest["mujun"]["period"]
    period["from"] = f"{inbox.data_year}-{inbox.draw.randint(1, int(period['from'][5:])):02}"
    period["to"] = inbox.draw.choice([period["to"], f"{inbox.data_year}-12", f"{inbox.data_year + 1}-01"])
    header = "所属月份" if delivery.feed == "tax" else "用电月份"
    for rows in delivery.tables.values():
        for row in list(rows):
            if inbox.draw.random() < 0.3:
                rows.append(row | {header: inbox.draw.choice([period["from"], period["to"]])})
