"""An inbox that can be edited row by row and written again, with manifests that fit what is written."""

import csv
import datetime
import gzip
import hashlib
import io
import json
import re
from decimal import Decimal
from pathlib import Path

CODE, LESSOR, LESSEE = "统一社会信用代码", "出租方代码", "承租方代码"
PERIODS = {"年度", "所属月份", "用电月份", "有效期至"}
"""Headers of months, years and days; those of other days end with 日期."""


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
                    if header in PERIODS or header.endswith("日期"):
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
