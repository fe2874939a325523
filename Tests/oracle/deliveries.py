"""The inbox (收件箱): which deliveries of the departments count, and which of their rows.

    flow      流水  months add up; for each month the newest delivery that covers it counts
    snapshot  快照  the delivery with the latest day of state counts, alone
    log       台账  dated facts; of deliveries for the same period the newest counts

Files are taken to be whole (hash, header, quotes); fields are checked, and a row with a bad one is refused.
"""

import csv
import datetime
import gzip
import json
from collections import defaultdict
from pathlib import Path

from contracts import Fault
from exact import Missing, Refused


class Delivery:
    def __init__(self, folder):
        manifest = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        own = manifest["mujun"]
        self.folder = folder
        self.name = manifest["name"]
        self.created = datetime.datetime.fromisoformat(manifest["created"])
        self.feed = own["feed"]
        self.first, self.last = None, None
        if "period" in own:
            self.first, self.last = own["period"]["from"], own["period"]["to"]
        self.state_of = datetime.date.fromisoformat(own["state_of"]) if "state_of" in own else None
        self.paths = sorted(resource["path"] for resource in manifest["resources"])

    def covers(self, period):
        """Whether a month `2021-03` or a year 2021 lies in the delivery's period."""
        if isinstance(period, int):
            return int(self.first[:4]) <= period <= int(self.last[:4])
        return self.first <= period <= self.last


def read_deliveries(inbox):
    manifests = sorted(Path(inbox).glob("*/datapackage.json"))
    return [Delivery(path.parent) for path in manifests]


def choose(deliveries, contract, data_year, as_of):
    """The deliveries of one feed that count, each with the periods that it counts for (None: all)."""
    newest_first = sorted(deliveries, key=lambda d: (d.created, d.name), reverse=True)
    if contract.adds_up == "snapshot":
        known = [d for d in deliveries if d.state_of <= as_of]
        return [(max(known, key=lambda d: (d.state_of, d.created, d.name)), None)] if known else []
    if contract.adds_up == "log":
        newest = {}
        for delivery in newest_first:
            newest.setdefault((delivery.first, delivery.last), delivery)
        return [(delivery, None) for delivery in newest.values()]
    by_month = contract.field(contract.period).kind == "month"
    open_periods = {f"{data_year}-{month:02}" for month in range(1, 13)} if by_month else {data_year}
    chosen = []
    for delivery in newest_first:
        won = {period for period in open_periods if delivery.covers(period)}
        open_periods -= won
        if won:
            chosen.append((delivery, won))
    return chosen


class FileCount:
    """What became of the rows of one file: rows = accepted + refused + collapsed + unused."""

    def __init__(self, feed, delivery, path):
        self.feed, self.delivery, self.path = feed, delivery, path
        self.rows = self.accepted = self.refused = self.collapsed = self.unused = 0


class County:
    """The firms of the registry (企业名录) and the rows of all feeds that belong to them."""

    def __init__(self, inbox, contracts, feeds, data_year, as_of):
        self.as_of = as_of
        self.files = []
        self.registry = {}
        """Registry row of each firm, by credit code."""
        self._refused_firms = {}
        """Name of each firm with a refused registry row that tells code and name, by credit code."""
        self._rows = defaultdict(list)
        self._refused = set()
        self._deliveries = read_deliveries(inbox)
        self._data_year = data_year
        self._read(contracts["registry"])
        if not self.registry.keys() - self._refused_firms.keys():
            raise Refused("the registry holds no firm", "registry")
        self._add_refused_firms(contracts["registry"])
        self.registry = dict(sorted(self.registry.items()))
        for feed in feeds:
            self._read(contracts[feed])

    def rows(self, relation, code):
        """The rows of a firm that are in force on the as-of day, through a relation such as leased_out."""
        return self._rows[relation, code]

    def has_refused_row(self, relation, code):
        return (relation, code) in self._refused

    # Reading

    def _read(self, contract):
        own = [delivery for delivery in self._deliveries if delivery.feed == contract.name]
        chosen = choose(own, contract, self._data_year, self.as_of)
        if contract.required and not chosen:
            raise Refused(f"no delivery of {contract.name}", contract.name)
        by_key = defaultdict(list)
        counts = []
        for delivery, periods in sorted(chosen, key=lambda choice: choice[0].name):
            for path in delivery.paths:
                count = FileCount(contract.name, delivery.name, path)
                counts.append(count)
                for row in self._accepted_rows(contract, delivery, path, periods, count):
                    by_key[tuple(row[name] for name in contract.key)].append((row, count))
        for rows in by_key.values():
            self._settle(contract, rows)
        self.files += counts
        rows, refused = sum(count.rows for count in counts), sum(count.refused for count in counts)
        if refused > contract.refused_rows_allowed and refused * 10_000 > contract.refused_share_allowed * rows:
            raise Refused(f"too much of {contract.name}", f"{refused} of {rows} rows are refused")

    def _accepted_rows(self, contract, delivery, path, periods, count):
        for texts in read_csv(delivery.folder / path):
            count.rows += 1
            row, is_good = {}, TOO_MANY not in texts and TOO_FEW not in texts.values()
            for field in contract.fields:
                try:
                    row[field.name] = field.read(texts.get(field.header) or "")
                except Fault:
                    row[field.name], is_good = None, False
            period = row[contract.period] if contract.period else None
            if period is not None:
                if not delivery.covers(period):
                    is_good = False
                elif periods is not None and period not in periods:
                    count.unused += 1
                    continue
            if not is_good:
                count.refused += 1
                if contract.name != "registry":
                    self._refuse(contract, {name: texts.get(contract.field(name).header) for name in row})
                elif TOO_MANY not in texts and TOO_FEW not in texts.values() and row["code"] and row["name"]:
                    self._refuse(contract, row)
            elif contract.name != "registry" and not self._firms(contract, row):
                count.unused += 1
            else:
                yield row

    def _settle(self, contract, rows):
        """Identical rows of one key are one row; differing ones are all refused (重复记录)."""
        if all(row == rows[0][0] for row, _ in rows):
            rows[0][1].accepted += 1
            for _, count in rows[1:]:
                count.collapsed += 1
            self._take(contract, rows[0][0])
            return
        for row, count in rows:
            count.refused += 1
            self._refuse(contract, row)

    def _firms(self, contract, row):
        """The firms of the registry that a row belongs to, by relation."""
        codes = {relation: row[field] for relation, field in contract.relations.items()}
        return {relation: code for relation, code in codes.items() if code in self.registry}

    def _take(self, contract, row):
        if contract.name == "registry":
            self.registry[row["code"]] = row
            return
        if contract.is_in_force(row, self.as_of):
            for relation, code in self._firms(contract, row).items():
                self._rows[relation, code].append(row)

    def _refuse(self, contract, row):
        if contract.name == "registry":
            known = self._refused_firms.get(row["code"], "")
            self._refused_firms[row["code"]] = max(known, row["name"], key=str.encode)
        else:
            self._refused.update(self._firms(contract, row).items())

    def _add_refused_firms(self, contract):
        """A firm with a refused registry row stays a firm; what the registry says about it is unknown."""
        for code, name in self._refused_firms.items():
            accepted = self.registry.get(code, {"name": ""})["name"]
            self.registry[code] = {field.name: Missing.REFUSED_ROW for field in contract.fields}
            self.registry[code]["name"] = max(name, accepted, key=str.encode)


TOO_MANY, TOO_FEW = "more fields than headers", None
"""What csv.DictReader puts into rows of the wrong width."""


def read_csv(path):
    """The rows of a packed or plain file, each by header."""
    open_text = gzip.open if path.suffix == ".gz" else open
    with open_text(path, "rt", encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        yield from csv.DictReader(file, restkey=TOO_MANY, restval=TOO_FEW)
