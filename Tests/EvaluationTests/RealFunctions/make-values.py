#!/usr/bin/env python3
"""Writes values.txt: values of the real functions, rounded from 150 digits of Python's decimal module.

Usage: make-values.py > values.txt

Each line: function, decimals, rounding, arguments (fractions), the value times 10^decimals. A value that lies within
10^-90 of half a unit is taken to lie on it: with the arguments here, nothing but an exact value can come so close.
"""
import random
from decimal import Decimal, getcontext, ROUND_FLOOR
from fractions import Fraction

getcontext().prec = 150
getcontext().Emin, getcontext().Emax = -10**9, 10**9
LIMIT = 10**15
RULES = ["half_away", "half_even", "down", "up"]


def real(x):
    return Decimal(x.numerator) / Decimal(x.denominator)


def value(function, arguments):
    """None where it is undefined, a Decimal otherwise; its size may be anything."""
    x = arguments[0]
    if function == "ln":
        return None if x <= 0 else real(x).ln()
    if function == "exp":
        return Decimal("1e99") if x > 99 else Decimal("1e-99") if x < -230 else real(x).exp()
    if function == "pow":
        y = arguments[1]
        if y == 0:
            return Decimal(1)
        if x == 0:
            return Decimal(0) if y > 0 else None
        if x < 0 and y.denominator != 1:
            return None
        logarithm = real(abs(x)).ln() * real(y)
        size = Decimal("1e99") if logarithm > 99 else Decimal("1e-99") if logarithm < -230 else logarithm.exp()
        return -size if x < 0 and y.numerator % 2 == 1 else size
    if function == "geometric_mean":
        if min(arguments) < 0:
            return None
        product = Fraction(1)
        for part in arguments:
            product *= part
        return Decimal(0) if product == 0 else (real(product).ln() / len(arguments)).exp()
    if min(arguments) <= 0:
        return None
    return real(len(arguments) / sum(1 / part for part in arguments))


def rounded(exact, decimals, rule):
    scaled = abs(exact) * 10**decimals
    twice = (scaled * 2).to_integral_value()
    if abs(scaled * 2 - twice) < Decimal("1e-90") and abs(scaled) > Decimal("1e-60"):
        scaled = twice / 2
    floor = int(scaled.to_integral_value(rounding=ROUND_FLOOR))
    rest = scaled - floor
    half = Decimal("0.5")
    more = {
        "half_away": rest >= half,
        "half_even": rest > half or rest == half and floor % 2 == 1,
        "down": False,
        "up": rest > 0,
    }[rule]
    size = floor + (1 if more else 0)
    if size >= LIMIT:
        return "too_large"
    return str(-size if exact < 0 else size)


def line(function, decimals, rule, arguments):
    exact = value(function, arguments)
    result = "undefined" if exact is None else rounded(exact, decimals, rule)
    print(function, decimals, rule, " ".join(str(x) for x in arguments), "=", result)


def near_boundaries(function, decimals, candidates, count):
    """The arguments whose values lie nearest to half a unit: where a rounding goes wrong first."""
    def distance(arguments):
        twice = value(function, arguments) * 2 * 10**decimals
        gap = abs(twice - twice.to_integral_value())
        return gap if gap > Decimal("1e-90") else 9
    return sorted(candidates, key=distance)[:count]


def main():
    random.seed(2021)
    F = Fraction
    print("# Made by make-values.py.")
    # What is easy to get wrong: signs, one, zero, the least and the greatest.
    for decimals in (0, 4, 9):
        for rule in RULES:
            for x in (F(1), F(2), F(1, 2), F(0), F(-1), F(10**15 - 1), F(1, 10**24), F(10**30 + 1, 10**30),
                      F(10**30 - 1, 10**30), F(2**125 + 1, 3), F(3, 2**125 + 1)):
                line("ln", decimals, rule, [x])
            for x in (F(0), F(1), F(-1), F(20), F(-20), F(345, 10), F(346, 10), F(-1000), F(10**30), F(-(10**30)),
                      F(1, 10**30), F(-1, 10**30), F(34539, 1000), F(13815511, 10**6), F(2**125, 7)):
                line("exp", decimals, rule, [x])
            for x, y in ((2, F(1, 2)), (F(9, 4), F(1, 2)), (F(1, 16), F(1, 4)), (F(25, 4), F(1, 2)), (0, F(1)),
                         (0, F(0)), (0, F(-1)), (-8, F(1, 3)), (-8, F(3)), (-2, F(-3)), (-3, F(2)), (10, F(14)),
                         (10, F(15)), (10, F(-9)), (10, F(-10)), (F(1, 10), F(20)), (2, F(-30)), (2, F(-31)),
                         (F(1, 2), F(5)), (F(1, 2), F(9)), (F(1, 2), F(10)), (F(3, 2), F(1, 2)),
                         (F(10**12 + 1, 10**12), F(10**12)), (F(10**12 - 1, 10**12), F(10**12)), (1, F(10**30)),
                         (F(3, 2), F(10**20)), (F(2, 3), F(10**20)), (2**120, F(1, 120)), (2**120, F(7, 120)),
                         (F(1, 3**70), F(1, 70)), (F(1, 2**126), F(1, 126)), (F(1, 2**125), F(1, 127)),
                         (F(10**15 + 1, 10**15), F(2)), (F(10**15 + 1, 10**15), F(1)), (F(5, 2), F(1)),
                         (F(49, 4), F(-1, 2)), (F(8, 125), F(2, 3)), (F(8, 125), F(-2, 3))):
                line("pow", decimals, rule, [F(x), y])
            for parts in ((1, 1), (F(1, 2), F(1, 2)), (0, 5), (-1, 4), (-1, -4), (2, 8), (F(1, 4), 9),
                          (F(5, 2), F(5, 2), F(5, 2)), (10**15 - 1, 10**15 - 1), (10**15 - 1, 10**15 + 1),
                          (F(1, 10**9), F(1, 10**9)), (1, 2, 4), (3, 3, 3, 4)):
                line("geometric_mean", decimals, rule, [F(x) for x in parts])
                line("harmonic_mean", decimals, rule, [F(x) for x in parts])
    # Anything.
    for function in ("ln", "exp", "pow", "geometric_mean", "harmonic_mean"):
        for _ in range(300):
            size = random.choice([1, 3, 6, 15])
            def part():
                return F(random.randint(1, 10**size), random.choice([1, 100, 10**4, random.randint(1, 10**size)]))
            arguments = [part()]
            if function == "exp":
                arguments = [F(random.randint(-400000, 400000), 10**4)]
            elif function == "pow":
                arguments.append(F(random.randint(-3000, 3000), random.choice([1, 2, 3, 7, 100, 1000])))
            elif function != "ln":
                arguments += [part() for _ in range(random.randint(1, 4))]
            line(function, random.randint(0, 9), random.choice(RULES), arguments)
    # Near half a unit.
    for decimals in (2, 4, 6):
        grid = [[F(i, 10**4)] for i in range(1, 40000) if i != 10**4]
        for arguments in near_boundaries("ln", decimals, grid, 20):
            for rule in RULES:
                line("ln", decimals, rule, arguments)
        grid = [[F(i, 10**4)] for i in range(-20000, 20000) if i]
        for arguments in near_boundaries("exp", decimals, grid, 20):
            for rule in RULES:
                line("exp", decimals, rule, arguments)
        grid = [[F(i, 100), F(3, 10)] for i in range(1, 20000)]
        for arguments in near_boundaries("pow", decimals, grid, 20):
            for rule in RULES:
                line("pow", decimals, rule, arguments)


main()
