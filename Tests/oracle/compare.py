"""Compares what `mujun run` recorded with this second implementation, value by value.

    python3 compare.py STORE INBOX METHOD

STORE is the SQLite file, INBOX the folder of deliveries, METHOD one of huangyan-2021, huangyan-2022, yongkang-2021
and open-2021. The latest run of that method is compared: every value of every firm, statistics, cuts, decisions, list
entries with their evidence, counts, row counts of files and the result digest. Exit code 0: equal; 1: differences, of
which the first 20 are printed.
"""

import datetime
import hashlib
import importlib
import sqlite3
import sys
from fractions import Fraction
from pathlib import Path

from common import CLASS_OF_STATE
from contracts import load_contracts
from deliveries import County
from exact import Missing, Refused, is_missing
from standing import TIERS

METHODS = {name: name.replace("-", "_") for name in ["huangyan-2021", "huangyan-2022", "yongkang-2021", "open-2021"]}
CONTRACTS = load_contracts(Path(__file__).parents[2] / "Schemas" / "feeds")
SHOWN = 20
POINTS = 4
"""Decimals of totals."""


def evaluate(inbox, method):
    """This implementation's evaluation; raises Refused where the run must be refused."""
    module = importlib.import_module(METHODS[method])
    county = County(inbox, CONTRACTS, module.FEEDS, module.DATA_YEAR, module.AS_OF)
    return module.evaluate(county)


def scaled(value, decimals):
    """A value as the store keeps it: a scaled integer, days since 1970, 0 or 1, a text, or NULL."""
    if value is None or is_missing(value):
        return None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime.date):
        return (value - datetime.date(1970, 1, 1)).days
    if isinstance(value, str):
        return value
    number = Fraction(value) * 10**decimals
    assert number.denominator == 1, f"{value} has more than {decimals} decimals"
    return int(number)


class Comparison:
    def __init__(self, store, evaluation, method):
        self.db = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
        self.db.row_factory = sqlite3.Row
        self.e = evaluation
        self.differences = []
        self.compared = 0
        self.run = self.db.execute(
            "SELECT run.*, method.values_table FROM run JOIN method ON method.id = run.method"
            " WHERE method.name = ? ORDER BY run.id DESC LIMIT 1", [method]).fetchone()
        if self.run is None:
            self.differences.append(f"the store holds no run of {method}")
            return
        self.values()
        self.results()
        self.causes()
        self.statistics()
        self.cuts()
        self.decisions()
        self.list_entries()
        self.aggregates()
        self.placing()
        self.files()
        self.digest()

    def rows(self, table, columns):
        return [
            tuple(row) for row in self.db.execute(
                f"SELECT {', '.join(columns)} FROM {table} WHERE run = ?", [self.run["id"]])
        ]

    def compare(self, what, mine, stored):
        """Two mappings; every key and value must be the same."""
        for key in sorted(mine.keys() | stored.keys(), key=str):
            self.compared += 1
            a, b = mine.get(key, "nothing"), stored.get(key, "nothing")
            if a != b or isinstance(a, str) != isinstance(b, str):
                name = " ".join(map(str, key)) if isinstance(key, tuple) else key
                self.differences.append(f"{what}: {name}: by hand {a}, stored {b}")

    def values(self):
        nodes = self.db.execute(
            "SELECT name, decimals, value_column FROM node WHERE method = ? AND value_column IS NOT NULL",
            [self.run["method"]]).fetchall()
        known = {node["name"] for node in nodes}
        for name in sorted({name for firm in self.e.firms for name in firm.values} - known):
            self.differences.append(f"value: {name} is not in the store")
        query = f"SELECT * FROM \"{self.run['values_table']}\" WHERE run = ?"
        by_firm = {row["firm"]: row for row in self.db.execute(query, [self.run["id"]])}
        mine, theirs = {}, {}
        for index, firm in enumerate(self.e.firms):
            for node in nodes:
                key = (firm.code, node["name"])
                mine[key] = scaled(firm.values.get(node["name"]), node["decimals"])
                theirs[key] = by_firm[index][node["value_column"]] if index in by_firm else "no row"
        self.compare("value", mine, theirs)

    def results(self):
        columns = [
            "name", "town", "industry", "cohort", "state", "class", "total", "rank", "initial_tier", "tier",
        ]
        mine, theirs = {}, {}
        for index, firm in enumerate(self.e.firms):
            row = [
                firm.name, firm.town, firm.industry, firm.cohort, firm.state, CLASS_OF_STATE[firm.state],
                scaled(firm.total, POINTS), firm.rank, firm.initial_tier, firm.tier]
            mine.update({(index, firm.code, column): value for column, value in zip(columns, row)})
        for index, code, *row in self.rows("result", ["firm", "code"] + columns):
            theirs.update({(index, code, column): value for column, value in zip(columns, row)})
        self.compare("result", mine, theirs)
        classes = [CLASS_OF_STATE[firm.state] for firm in self.e.firms]
        counts = {name: classes.count(name) for name in ["graded", "ungraded", "exempt", "out_of_scope"]}
        counts["firms"] = len(classes)
        self.compare("run", counts, {name: self.run[name] for name in counts})

    def causes(self):
        """Why values of feeds are missing; no row needs no mention."""
        mine = {
            (name, index): firm[name].name.lower()
            for index, firm in enumerate(self.e.firms) for name in self.e.columns
            if is_missing(firm[name]) and firm[name] != Missing.NO_ROW
        }
        stored = self.rows("missing_cause", ["node", "firm", "cause"])
        self.compare("missing", mine, {(node, firm): cause for node, firm, cause in stored})

    def statistics(self):
        mine = {
            key: (scaled(value, decimals), count, decimals)
            for key, (value, count, decimals) in self.e.statistics.items()
        }
        stored = self.rows("statistic", ["name", "cohort", "category", "value", "count", "decimals"])
        self.compare("statistic", mine, {row[:3]: row[3:] for row in stored})

    def cuts(self):
        mine = {
            (cut.cohort, TIERS.index(cut.tier), cut.tier):
                (cut.base, cut.up_to, cut.firms, scaled(cut.last_total, POINTS), cut.tied)
            for cut in self.e.cuts
        }
        columns = ["cohort", "position", "tier", "base", "up_to", "firms", "last_total", "tied"]
        stored = self.rows("cut", columns)
        self.compare("cut", mine, {row[:3]: row[3:] for row in stored})

    def decisions(self):
        mine = {
            (index, position): (
                decision.name, decision.label, decision.effect, decision.tier, decision.priority,
                int(decision.is_overruled), decision.reason, decision.document)
            for index, firm in enumerate(self.e.firms) for position, decision in enumerate(firm.decisions)
        }
        columns = ["name", "label", "effect", "tier", "priority", "overruled", "reason", "document"]
        stored = self.rows("decision_applied", ["firm", "position"] + columns)
        self.compare("decision", mine, {row[:2]: row[2:] for row in stored})

    def list_entries(self):
        mine = {
            (name, index, ground): evidence
            for index, firm in enumerate(self.e.firms) for name, ground, evidence in firm.grounds
        }
        stored = self.rows("list_entry", ["list", "firm", "ground", "evidence"])
        self.compare("list entry", mine, {row[:3]: row[3] for row in stored})

    def aggregates(self):
        """Counts of firms by state, list, cohort, town and industry; zeros need no row here."""
        mine = {}

        def count(*key):
            mine[key] = mine.get(key, 0) + 1

        for firm in self.e.firms:
            count("state", firm.state, "")
            for name in {name for name, _, _ in firm.grounds}:
                count("list", name, "")
            if firm.tier:
                count("cohort", firm.cohort, firm.tier)
                if firm.town:
                    count("town", firm.town, firm.tier)
                if firm.industry:
                    count("industry", firm.industry, firm.tier)
        stored = self.rows("aggregate", ["kind", "name", "tier", "firms"])
        self.compare("aggregate", mine, {row[:3]: row[3] for row in stored if row[3]})

    def placing(self):
        """The order of rankings: cohort, rank, code; firms without a rank after the others of their cohort,
        firms without a cohort last."""
        firms = self.e.firms
        places = {name: place for place, name in enumerate(self.e.cohorts)}
        order = sorted(
            range(len(firms)),
            key=lambda index: (
                places.get(firms[index].cohort, len(places)), firms[index].rank or len(firms) + 1, index))
        stored = self.rows("placing", ["place", "firm"])
        self.compare("placing", dict(enumerate(order)), dict(stored))

    def files(self):
        mine = {
            (file.feed, file.delivery, file.path): (
                file.rows, file.accepted, file.refused, file.collapsed, file.unused)
            for file in self.e.county.files
        }
        stored = self.rows(
            "input_file",
            ["feed", "delivery", "path", "\"rows\"", "accepted", "refused", "collapsed", "unused"])
        self.compare("file", mine, {row[:3]: row[3:] for row in stored})

    def digest(self):
        """The result digest (结果摘要) over the text of Schemas/result-digest.sql, made without the store."""
        lines = []
        for firm in self.e.firms:
            lines.append(
                (1, firm.code, firm.state, CLASS_OF_STATE[firm.state], firm.cohort, scaled(firm.total, POINTS),
                 firm.rank, firm.initial_tier, firm.tier))
        for firm in self.e.firms:
            for position, decision in enumerate(firm.decisions):
                lines.append(
                    (2, firm.code, position, decision.name, decision.effect, decision.tier,
                     int(decision.is_overruled), decision.document.encode().hex().upper(),
                     decision.reason.encode().hex().upper()))
        entries = sorted(
            (name, firm.code, ground) for firm in self.e.firms for name, ground, _ in firm.grounds)
        lines += [(3, *entry, None, None, None, None, None) for entry in entries]
        text = "".join("|".join("" if part is None else str(part) for part in line) + "\n" for line in lines)
        mine = hashlib.sha256(text.encode()).hexdigest()
        self.compare("run", {"result digest": mine}, {"result digest": self.run["result_digest"]})


def main(arguments):
    if len(arguments) != 3 or arguments[2] not in METHODS:
        sys.exit(__doc__)
    store, inbox, method = arguments
    try:
        comparison = Comparison(store, evaluate(inbox, method), method)
    except Refused as reason:
        print(f"by hand the run is refused: {reason}")
        return 1
    for difference in comparison.differences[:SHOWN]:
        print(difference)
    print(f"{comparison.compared} values compared, {len(comparison.differences)} differ")
    return 1 if comparison.differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
