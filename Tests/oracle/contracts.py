"""Feed contracts (数据约定, Schemas/feeds): what a field of a delivered file may hold.

`Contract.read` turns the texts of a row into values: Decimal, date, year as int, month as text, text, or None for a
blank that is allowed. What may not be raises Fault, which refuses the row.
"""

import datetime
import functools
import json
import re
from decimal import Decimal
from pathlib import Path


class Fault(Exception):
    """A field is not what the contract says."""


class Field:
    def __init__(self, description):
        own = description["mujun"]
        constraints = description.get("constraints", {})
        self.header = description["name"]
        self.name = own["name"]
        self.kind = own["kind"]
        self.decimals = own.get("decimals", 0)
        self.required = constraints.get("required", False)
        self.allowed = constraints.get("enum")
        self.lowest = constraints.get("minimum")
        self.highest = constraints.get("maximum")

    def read(self, text):
        if text == "":
            if self.required:
                raise Fault(f"{self.header} is blank")
            return None
        value = READERS[self.kind](self, text)
        if self.allowed and value not in self.allowed:
            raise Fault(f"{self.header} may not be {text}")
        return value


class Contract:
    def __init__(self, path):
        source = json.loads(Path(path).read_text(encoding="utf-8"))
        own = source["mujun"]
        self.name = own["feed"]
        self.adds_up = own["adds_up"]
        self.required = own["required"]
        self.fields = [Field(field) for field in source["fields"]]
        names = {field.header: field.name for field in self.fields}
        self.key = own.get("key") or [names[header] for header in source["primaryKey"]]
        self.period = own.get("period")
        self.relations = own["relations"]
        self.valid_from = own.get("valid", {}).get("from")
        self.valid_to = own.get("valid", {}).get("to")
        self.personal = own["personal"]
        self.refused_rows_allowed = own["refuse_run_above"]["rows"]
        self.refused_share_allowed = own["refuse_run_above"]["per_ten_thousand"]

    def field(self, name):
        return next(field for field in self.fields if field.name == name)

    def is_in_force(self, row, as_of):
        """Whether a dated row counts on the as-of day; first and last day count, blank means open (有效期)."""
        begin = row[self.valid_from] if self.valid_from else None
        end = row[self.valid_to] if self.valid_to else None
        return (begin is None or begin <= as_of) and (end is None or as_of <= end)


def load_contracts(folder):
    contracts = [Contract(path) for path in sorted(Path(folder).glob("*.schema.json"))]
    return {contract.name: contract for contract in contracts}


DECIMAL = re.compile(r"-?[0-9]+(?:\.([0-9]+))?")


def _read_decimal(field, text):
    match = DECIMAL.fullmatch(text)
    if not match:
        raise Fault(f"{field.header}: {text} is no decimal")
    value = Decimal(text)
    if len(match[1] or "") > field.decimals or abs(value).scaleb(field.decimals) >= 10**15:
        raise Fault(f"{field.header}: {text} has too many digits")
    if value < field.lowest or value > field.highest:
        raise Fault(f"{field.header}: {text} is out of range")
    return value


def _read_year(field, text):
    if not re.fullmatch(r"[0-9]{4}", text):
        raise Fault(f"{field.header}: {text} is no year")
    return int(text)


def _read_month(field, text):
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        raise Fault(f"{field.header}: {text} is no month")
    return text


def _read_date(field, text):
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise Fault(f"{field.header}: {text} is no day")
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Fault(f"{field.header}: {error}") from error


def _read_code(field, text):
    if not is_credit_code(text):
        raise Fault(f"{field.header}: {text} is no credit code")
    return text


def _read_text(field, text):
    try:
        text.encode()  # bytes that are no UTF-8 were kept as surrogates, see deliveries.read_csv
    except UnicodeEncodeError as error:
        raise Fault(f"{field.header} is not UTF-8") from error
    return text


@functools.lru_cache(maxsize=None)
def is_credit_code(text):
    """GB 32100: 18 characters, the last one a check over the other 17 (统一社会信用代码)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if len(text) != 18 or any(character not in alphabet for character in text):
        return False
    total = sum(alphabet.index(character) * (3**place % 31) for place, character in enumerate(text[:17]))
    return alphabet.index(text[17]) == (31 - total % 31) % 31


READERS = {
    "credit_code": _read_code,
    "decimal": _read_decimal,
    "month": _read_month,
    "year": _read_year,
    "date": _read_date,
    "category": _read_text,
    "text": _read_text,
}
