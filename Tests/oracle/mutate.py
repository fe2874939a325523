"""Edits an inbox so that what is rare in a generated county becomes frequent.

    python3 mutate.py INBOX SEED [YEARS]

The seed decides which edits are made and where; the same seed makes the same bytes. YEARS shifts every date, month
and year, so that a county of 2021 becomes one of 2022. Manifests are written anew: rows, totals, bytes, hash. Some
edits make an inbox that must be refused; most do not.
"""

import csv
import datetime
import gzip
import hashlib
import io
import json
import random
import re
import shutil
import sys
from decimal import Decimal
from pathlib import Path

CODE, LESSOR, LESSEE = "统一社会信用代码", "出租方代码", "承租方代码"
TAXES = ["增值税净入库", "免抵税额", "企业所得税", "房产税", "城镇土地使用税", "城市维护建设税", "教育费附加", "印花税", "环境保护税",
         "资源税", "先征后退", "即征即退", "留抵退税"]
STATISTICS = ["工业总产值", "增加值", "主营业务收入", "利润总额", "年平均职工人数", "研发费用", "综合能源消费量"]
EMISSIONS = ["化学需氧量", "氨氮", "二氧化硫", "氮氧化物"]
UNKNOWN_FIRMS = ["91330784000000019T", "91330784MA0000015H", "913307841234567885"]


class Delivery:
    def __init__(self, folder):
        self.manifest = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        self.tables = {}
        self.headers = []
        for resource in self.manifest["resources"]:
            with gzip.open(folder / resource["path"], "rt", encoding="utf-8", newline="") as file:
                reader = csv.DictReader(file)
                self.tables[resource["path"]] = list(reader)
                self.headers = reader.fieldnames

    @property
    def feed(self):
        return self.manifest["mujun"]["feed"]

    def copy(self, name):
        twin = Delivery.__new__(Delivery)
        twin.manifest = json.loads(json.dumps(self.manifest))
        twin.manifest["name"] = name
        twin.tables = {path: [dict(row) for row in rows] for path, rows in self.tables.items()}
        twin.headers = self.headers
        return twin

    def shift(self, years):
        self.manifest["created"] = shifted(self.manifest["created"], years)
        own = self.manifest["mujun"]
        for place in [own, own.get("period", {})]:
            for key in ["from", "to", "state_of"]:
                if key in place:
                    place[key] = shifted(place[key], years)
        for rows in self.tables.values():
            for row in rows:
                for header in row:
                    if header == "年度" or header == "所属月份" or header == "用电月份" or header.endswith("日期") \
                            or header == "有效期至":
                        row[header] = shifted(row[header], years)

    def write(self, folder):
        folder.mkdir()
        for resource in self.manifest["resources"]:
            rows = self.tables[resource["path"]]
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, self.headers, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
            packed = gzip.compress(text.getvalue().encode(), mtime=0)
            (folder / resource["path"]).write_bytes(packed)
            resource["bytes"] = len(packed)
            resource["hash"] = "sha256:" + hashlib.sha256(packed).hexdigest()
            resource["mujun"]["rows"] = len(rows)
            for header in resource["mujun"].get("totals", {}):
                values = [row[header] for row in rows if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", row[header])]
                resource["mujun"]["totals"][header] = str(sum(map(Decimal, values), Decimal(0)))
        (folder / "datapackage.json").write_text(
            json.dumps(self.manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def shifted(text, years):
    if not text:
        return text
    moved = f"{int(text[:4]) + years}{text[4:]}"
    return moved.replace("-02-29", "-02-28")


class Inbox:
    def __init__(self, folder, draw, data_year, as_of):
        self.deliveries = [Delivery(path.parent) for path in sorted(Path(folder).glob("*/datapackage.json"))]
        self.draw = draw
        self.data_year = data_year
        self.as_of = as_of
        self.numbers = 0

    def write(self, folder):
        for number, delivery in enumerate(self.deliveries):
            delivery.write(Path(folder) / f"{number:03}-{delivery.manifest['name']}")

    def of(self, feed):
        return [delivery for delivery in self.deliveries if delivery.feed == feed]

    def tables(self, feed):
        return [rows for delivery in self.of(feed) for rows in delivery.tables.values()]

    def rows(self, feed):
        return [row for rows in self.tables(feed) for row in rows]

    def firms(self, scale=None):
        return [row for row in self.rows("registry") if scale in (None, row["规模"])]

    def some(self, rows, most):
        """A few of them."""
        return self.draw.sample(rows, min(len(rows), self.draw.randint(1, most)))

    def drop(self, feed, condition):
        for rows in self.tables(feed):
            rows[:] = [row for row in rows if not condition(row)]

    def number(self):
        self.numbers += 1
        return self.numbers

    def day(self, offset):
        return (self.as_of + datetime.timedelta(days=offset)).isoformat()

    def around(self):
        """A day near the as-of day."""
        return self.day(self.draw.choice([-400, -1, 0, 0, 1, 400]))

    def add(self, feed, **values):
        """A row in the last table of a feed; what is not named is blank."""
        if self.tables(feed):
            self.tables(feed)[-1].append(dict.fromkeys(self.of(feed)[-1].headers, "") | values)

    def add_land(self, code, area):
        self.add("land", 不动产权证号=f"试证第{self.number()}号", 统一社会信用代码=code, 用地面积=area, 用途="工业")


# Edits


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


def odd_land(inbox):
    """Next to no land, no land, or less than none."""
    for firm in inbox.some(inbox.firms(), 20):
        inbox.drop("land", lambda row: row[CODE] == firm[CODE])
        inbox.drop("lease", lambda row: firm[CODE] in (row[LESSOR], row[LESSEE]))
        area = inbox.draw.choice(["0", "0.01", "0.03", "0.04", "0.1", "6666.66", "6666.67", "70000"])
        inbox.add_land(firm[CODE], area)
        if inbox.draw.random() < 0.3:
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


def manual_decisions(inbox):
    """Many decisions of the office, one to three a firm, which may overrule a veto or agree with it."""
    draw = inbox.draw
    can_contradict = draw.random() < 0.05
    for firm in inbox.some(inbox.firms(), 60):
        tier = draw.choice("ABCD")
        for _ in range(draw.randint(1, 3)):
            kind = draw.choice(["定档", "不高于", "不低于", "暂不评价", "加分", "按规下评价"])
            if can_contradict:
                tier = draw.choice("ABCD")
            inbox.add("decision", **{
                CODE: firm[CODE], "认定事项": kind, "档次": tier if kind in ("定档", "不高于", "不低于") else "",
                "分值": "2.5" if kind == "加分" else "", "理由": f"试,理由\"{kind}\"",
                "依据文件": f"试办〔{draw.randint(1, 999)}〕{inbox.number()}号",
                "认定日期": draw.choice([f"{inbox.as_of.year}-03-05", inbox.around()]),
                "失效日期": draw.choice(["", "", inbox.around()])})
    if inbox.rows("decision") and draw.random() < 0.05:
        draw.choice(inbox.rows("decision"))["档次"] = draw.choice(["E", ""])


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


def refused_rows(inbox):
    """Fields that refuse their rows; now and then too many for the contract."""
    draw = inbox.draw
    bad = {
        "tax": [("增值税净入库", ["", "1,000", "1.234"]), ("所属月份", ["", "2019-01", "2021-13"])],
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


def too_many_digits(inbox):
    """A ratio of more than 15 digits, which refuses the run."""
    if inbox.draw.random() < 0.1 and inbox.rows("tax"):
        row = inbox.draw.choice(inbox.rows("tax"))
        row["企业所得税"] = "99999999999.99"
        inbox.drop("land", lambda other: other[CODE] == row[CODE])
        inbox.drop("lease", lambda other: row[CODE] in (other[LESSOR], other[LESSEE]))
        inbox.add_land(row[CODE], "0.04")


EDITS = [
    equal_firms, round_figures, on_the_line, odd_values, all_blank, missing_rows, missing_feed, expiries, other_registry, odd_land,
    leases, vetoes, manual_decisions, last_year, refused_rows, repeated_rows, corrections, too_many_digits,
]


def mutate(source, target, seed, data_year, as_of, years=0):
    """Writes an edited copy of the inbox; returns the names of the edits. `data_year` and `as_of` are the new ones."""
    draw = random.Random(seed)
    inbox = Inbox(source, draw, data_year, as_of)
    if years:
        for delivery in inbox.deliveries:
            delivery.shift(years)
    # Every eighth county stays as it is.
    chosen = [edit for edit in EDITS if draw.random() < 0.35] if seed % 8 else []
    for edit in chosen:
        edit(inbox)
    Path(target).mkdir(parents=True)
    inbox.write(target)
    return [edit.__name__ for edit in chosen]


def main(arguments):
    if len(arguments) not in (2, 3):
        sys.exit(__doc__)
    folder, seed = Path(arguments[0]), int(arguments[1])
    years = int(arguments[2]) if len(arguments) == 3 else 0
    edited = folder.with_name(folder.name + ".edited")
    as_of = datetime.date(2022, 5, 31) if years == 0 else datetime.date(2023, 9, 25)
    print(", ".join(mutate(folder, edited, seed, 2021 + years, as_of, years)) or "no edits")
    shutil.rmtree(folder)
    edited.rename(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
