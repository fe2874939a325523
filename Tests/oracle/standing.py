"""Rank, quota and initial tiers (排名, 占比, 初定档次), then decisions and tiers (认定, 档次)."""

from fractions import Fraction

from exact import Refused, is_missing

TIERS = ["A", "B", "C", "D"]
SHARES = [Fraction(20, 100), Fraction(60, 100), Fraction(15, 100)]  # of A, B, C; D is the rest


class Cut:
    """Where a tier ends in a cohort."""

    def __init__(self, cohort, tier, base, up_to, firms, last_total, tied):
        self.cohort, self.tier, self.base, self.up_to = cohort, tier, base, up_to
        self.firms, self.last_total, self.tied = firms, last_total, tied


def rank(e):
    """Ranks each cohort by total, then tax, and cuts it by quota."""
    for cohort in e.cohorts:
        firms = [firm for firm in e.firms if firm.state == "graded" and firm.cohort == cohort]
        firms.sort(key=lambda firm: firm.code)
        firms.sort(key=rank_key, reverse=True)
        first_place = {}
        for place, firm in enumerate(firms, start=1):
            # Equal keys share a rank: 1, 2, 2, 4.
            firm.rank = first_place.setdefault(rank_key(firm), place)
        limits = [nearest(sum(SHARES[: n + 1]) * len(firms)) for n in range(3)] + [len(firms)]
        for firm in firms:
            # The firms of one rank all take the tier of the first place among them (并列从优).
            place = firm.rank
            firm.initial_tier = next(tier for tier, limit in zip(TIERS, limits) if place <= limit)
        note_cuts(e, cohort, firms, limits)


def rank_key(firm):
    """The greater, the better; a firm without tax stands behind all others of its total."""
    tax = firm["tax"]
    return (firm.total, not is_missing(tax), Fraction(0) if is_missing(tax) else tax)


def nearest(share):
    """The nearest whole number of firms, a half counting as a firm."""
    return (2 * share + 1) // 2


def note_cuts(e, cohort, firms, limits):
    for n, tier in enumerate(TIERS):
        own = [firm for firm in firms if firm.initial_tier == tier]
        down_to_here = [firm for firm in firms if firm.initial_tier in TIERS[: n + 1]]
        e.cuts.append(
            Cut(
                cohort, tier, base=len(firms), up_to=limits[n], firms=len(own),
                last_total=own[-1].total if own else None, tied=len(down_to_here) - limits[n]))


def open_tiers(decision):
    """The tiers that a decision leaves open."""
    place = TIERS.index(decision.tier)
    return {
        "set": {decision.tier},  # 定档
        "not_above": set(TIERS[place:]),  # 不高于
        "not_below": set(TIERS[: place + 1]),  # 不低于
    }[decision.effect]


def decide(e, decisions_of):
    """The tier (档次) of each ranked firm: its initial tier, moved to the nearest one that its decisions leave open.

    Decisions count from the highest priority down. One that contradicts those above it is overruled. Two of equal
    priority that contradict each other refuse the run: people must withdraw one.
    """
    ranked = [firm for firm in e.firms if firm.initial_tier is not None]
    for firm in ranked:
        firm.decisions = sorted(decisions_of(firm), key=lambda decision: -decision.priority)
    for firm in ranked:
        still_open = set(TIERS)
        for decision in firm.decisions:
            if still_open & open_tiers(decision):
                still_open &= open_tiers(decision)
                continue
            for other in firm.decisions:
                if other is decision:
                    break
                is_equal = other.priority == decision.priority and not other.is_overruled
                if is_equal and not open_tiers(other) & open_tiers(decision):
                    who = f"firm {firm.code}, {other.document} and {decision.document}"
                    raise Refused(f"decisions contradict: {who}", "contradict each other")
            decision.is_overruled = True
        place = TIERS.index(firm.initial_tier)
        firm.tier = min(still_open, key=lambda tier: abs(TIERS.index(tier) - place))
