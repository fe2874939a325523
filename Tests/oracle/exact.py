"""Exact numbers, and reasons for having none (缺失).

Every value of a firm is a Fraction, a text, a day, a flag, or a Missing. A named number is rounded once, half away
from zero (四舍五入), to its decimals; whatever uses it uses the rounded one.
"""

import decimal
import enum
from fractions import Fraction

# Values of feeds are Decimals, which are only read and added. Were a digit ever lost, this makes it an error.
decimal.getcontext().traps[decimal.Inexact] = True


class Refused(Exception):
    """The run must be refused (拒绝): the reason, and words that the program's message must hold, too."""

    def __init__(self, reason, words):
        super().__init__(reason)
        self.words = words


class Missing(enum.IntEnum):
    """Why there is no value. Where several parts are missing, the greatest reason is kept."""

    NO_ROW = 0  # 无记录
    BLANK = 1  # 空白
    DIVISION_BY_ZERO = 2  # 除数为零
    NOT_APPLICABLE = 3  # 不适用
    REFUSED_ROW = 4  # 记录被拒


def is_missing(value):
    return isinstance(value, Missing)


def rounded(value, decimals):
    """Half away from zero: 2.5 becomes 3, -2.5 becomes -3. More than 15 digits refuse the run."""
    if is_missing(value):
        return value
    scaled = abs(value) * 10**decimals
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    if whole >= 10**15:
        raise Refused("a value has more than 15 digits", "15 digits")
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def add(*parts):
    """The sum; missing when one of its parts is."""
    missing = [part for part in parts if is_missing(part)]
    return max(missing) if missing else sum(parts, Fraction(0))


def multiply(value, factor):
    return value if is_missing(value) else value * factor


def divide(a, b):
    missing = [part for part in (a, b) if is_missing(part)]
    if missing:
        return max(missing)
    return Missing.DIVISION_BY_ZERO if b == 0 else a / b


def default(value, other):
    """What is missing becomes the other value; but a refused row (记录被拒) is never hidden."""
    return other if is_missing(value) and value != Missing.REFUSED_ROW else value


def mean(values, decimals):
    """The mean of the values that there are; Missing when there is none."""
    present = [value for value in values if not is_missing(value)]
    return rounded(sum(present) / len(present), decimals) if present else Missing.NO_ROW


# A condition is True, False, or Missing: unknown for that reason. What is unknown does not hold (缺失不成立), but where
# a refused row is the reason it may have held, and whatever rests on it is missing for the same reason.


def compare(a, b, holds):
    missing = [part for part in (a, b) if is_missing(part)]
    return max(missing) if missing else holds(a, b)


def less(a, b):
    return compare(a, b, lambda a, b: a < b)


def at_most(a, b):
    return compare(a, b, lambda a, b: a <= b)


def at_least(a, b):
    return compare(a, b, lambda a, b: a >= b)


def one_of(value, *texts):
    return value if is_missing(value) else value in texts


def start(text, length):
    """The first characters of a code (prefix)."""
    return text if is_missing(text) else text[:length]


def has_none(value):
    """value is missing: what a refused row would have said is neither there nor missing."""
    return value if value == Missing.REFUSED_ROW else is_missing(value)


def all_of(*conditions):
    """One that certainly does not hold decides (且)."""
    unknown = [condition for condition in conditions if is_missing(condition)]
    if any(condition is False for condition in conditions):
        return False
    return max(unknown) if unknown else True


def any_of(*conditions):
    """One that certainly holds decides (或)."""
    unknown = [condition for condition in conditions if is_missing(condition)]
    if any(condition is True for condition in conditions):
        return True
    return max(unknown) if unknown else False


def no(condition):
    return condition if is_missing(condition) else not condition


def either(value, condition, other):
    """value if condition else other."""
    if condition == Missing.REFUSED_ROW:
        return condition
    return value if condition is True else other


def first_that_holds(rules, otherwise):
    """The name of the first rule whose condition holds; missing where one before it rests on a refused row."""
    for name, condition in rules:
        if condition == Missing.REFUSED_ROW:
            return condition
        if condition is True:
            return name
    return otherwise
