"""Huangyan's published formula by the public test vectors: the second implementation itself is right about these.

    python3 vectors.py
"""

import sys
from fractions import Fraction

import common
import huangyan_2022
from exact import Missing
from firms import Evaluation, Firm
from lists import decimal

NO_DATA = Missing.NO_ROW
ABOVE = {
    "at baseline": (
        ["24.097", "136.16", "2.694", "4929.81", "18.14", "0.0302"],
        ["30.0000", "20.0000", "20.0000", "10.0000", "10.0000", "10.0000"], "100.0000"),
    "strong": (
        ["30", "130", "2.0", "4000", "20", "0.025"],
        ["37.3490", "19.0952", "14.8478", "8.1139", "11.0254", "8.2781"], "98.7094"),
    "weak": (  # without emission data: the mean of the points of the two others
        ["5", "40", "1.1", NO_DATA, "9.07", "0"],
        ["6.2248", "5.8754", "8.1663", "9.0570", "5.0000", "0.0000"], "34.3235"),
}
BELOW = {"below scale": (["3", "0.1"], ["12.9386", "21.2585"], "34.1971")}


class NoCounty:
    registry = {}


def check(cohort, rules, vectors):
    e = Evaluation(NoCounty, {})
    for name, (values, _, _) in vectors.items():
        firm = Firm(name, {"name": name, "town": "", "industry": ""})
        firm.cohort = cohort
        for indicator, value in zip(rules, values):
            firm.values[indicator] = value if value is NO_DATA else Fraction(value)
        e.firms.append(firm)
    common.points(e, cohort, rules)
    common.total(e, cohort, [f"points_{indicator}" for indicator in rules])
    wrong = 0
    for firm, (_, points, total) in zip(e.firms, vectors.values()):
        found = [decimal(firm[f"points_{indicator}"], 4) for indicator in rules] + [decimal(firm.total, 4)]
        if found != points + [total]:
            print(f"{firm.name}: {found}, published {points + [total]}")
            wrong += 1
    return wrong


if __name__ == "__main__":
    WRONG = check("above", huangyan_2022.ABOVE, ABOVE) + check("below", huangyan_2022.BELOW, BELOW)
    print("all vectors hold" if WRONG == 0 else f"{WRONG} vectors do not hold")
    sys.exit(1 if WRONG else 0)
