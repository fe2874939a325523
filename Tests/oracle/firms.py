"""A firm under evaluation, and what one method makes of a whole county."""

from fractions import Fraction

from exact import Missing, is_missing


class Firm:
    """One firm of the registry. `values` holds every named value by its name in the method file: tax, land …"""

    def __init__(self, code, row):
        self.code = code
        self.name = row["name"]
        self.town = None if is_missing(row["town"]) else row["town"]
        self.industry = None if is_missing(row["industry"]) else row["industry"]
        self.values = {}
        self.scope = "graded"  # 评价范围: the state that the scope rules give
        self.is_scope_open = False  # whether a refused row leaves open what the scope rules give
        self.state = None  # 评价状态: the scope, or unresolved (数据待核)
        self.cohort = None  # 评价组, None without one
        self.total = Missing.NOT_APPLICABLE
        self.rank = None
        self.initial_tier = None  # 初定档次
        self.tier = None  # 档次
        self.decisions = []  # AppliedDecision, the highest priority first
        self.grounds = []  # (list, ground, evidence)

    def __getitem__(self, name):
        return self.values[name]


class AppliedDecision:
    """A decision that held for a firm (一票否决, 人工认定 …)."""

    def __init__(self, name, label, priority, effect, tier, reason, document):
        self.name, self.label, self.priority = name, label, priority
        self.effect, self.tier = effect, tier
        self.reason, self.document = reason, document
        self.is_overruled = False


class Evaluation:
    """Everything that a method says about a county."""

    def __init__(self, county, decimals, cohorts=("above", "below")):
        self.county = county
        self.cohorts = cohorts
        self._decimals = decimals
        self.firms = [Firm(code, row) for code, row in county.registry.items()]
        self.statistics = {}
        """(name, cohort, category) -> (value, how many values went in, decimals)"""
        self.cuts = []
        self.columns = set()
        """Names of the values that come straight from feeds."""

    def decimals(self, indicator):
        """Four, unless the method says otherwise."""
        return self._decimals.get(indicator, 4)

    def firms_in_scope(self, cohort=None):
        """Firms that the scope rules leave to be graded (参评), or leave open, of one cohort or of all."""
        return [
            firm for firm in self.firms
            if firm.scope == "graded" and (cohort is None or firm.cohort == cohort)
        ]

    # Columns: what the feeds say about each firm

    def column(self, name, of_firm):
        self.columns.add(name)
        for firm in self.firms:
            firm.values[name] = of_firm(firm.code)

    def sum_column(self, relation, field, name=None, holds=lambda row: True):
        """The sum of what is not blank: sum(tax.vat_net), sum(decision.points where …)."""
        def of_firm(code):
            if self.county.has_refused_row(relation, code):
                return Missing.REFUSED_ROW
            rows = [row for row in self.county.rows(relation, code) if holds(row)]
            values = [row[field] for row in rows if row[field] is not None]
            if values:
                return Fraction(sum(values))  # a sum of Decimals that is exact, or an error: see exact.py
            return Missing.BLANK if rows else Missing.NO_ROW

        self.column(name or f"{relation}_{field}", of_firm)

    def count_column(self, name, relation, holds):
        """How many rows there are: count(leased_out where …). None is 0."""
        def of_firm(code):
            if self.county.has_refused_row(relation, code):
                return Missing.REFUSED_ROW
            return Fraction(sum(1 for row in self.county.rows(relation, code) if holds(row)))

        self.column(name, of_firm)

    def has_column(self, name, relation, holds):
        """Whether there is a row: has(event, …). Unknown when there is none but one was refused."""
        def of_firm(code):
            if any(holds(row) for row in self.county.rows(relation, code)):
                return True
            return Missing.REFUSED_ROW if self.county.has_refused_row(relation, code) else False

        self.column(name, of_firm)

    def latest_column(self, name, relation, field, holds):
        """A field of the row of one year: latest(previous.tier where year = …). A firm has one row a year."""
        def of_firm(code):
            if self.county.has_refused_row(relation, code):
                return Missing.REFUSED_ROW
            rows = [row for row in self.county.rows(relation, code) if holds(row)]
            if not rows:
                return Missing.NO_ROW
            assert len(rows) == 1
            return Missing.BLANK if rows[0][field] is None else rows[0][field]

        self.column(name, of_firm)

    def registry_column(self, field):
        registry = self.county.registry
        self.column(f"registry_{field}", lambda code: registry[code][field])

    # Values: what the method computes for each firm

    def value(self, name, of_firm):
        for firm in self.firms:
            firm.values[name] = of_firm(firm)
