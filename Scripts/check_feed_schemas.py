"""Validates the sample inboxes with Frictionless. Started by Scripts/check-schemas."""

import csv
import gzip
import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from decimal import Decimal, InvalidOperation
from pathlib import Path

from frictionless import Package, Schema

CONTRACTS = Path("Schemas/feeds")


def reports(inbox):
    """Every file of every delivery as (path, [(line, header, type, note)]).

    The manifest is read as a Data Package, so that its bytes and hashes are compared, and the files are held to
    the contract of their feed, which the manifest does not carry.
    """
    for manifest in sorted(Path(inbox).glob("*/datapackage.json")):
        package = Package(str(manifest))
        contract = str(CONTRACTS / f"{package.custom['mujun']['feed']}.schema.json")
        for resource in package.resources:
            resource.schema = Schema.from_descriptor(contract)
            # A file need not have the columns that the contract calls optional.
            with gzip.open(manifest.parent / resource.path, "rt", encoding="utf-8-sig", errors="replace") as rows:
                present = next(csv.reader(rows))
            for field in list(resource.schema.fields):
                if field.custom.get("mujun", {}).get("optional") and field.name not in present:
                    resource.schema.remove_field(field.name)
        report = package.validate()
        yield manifest, [(0, "", error.type, error.note) for error in report.errors]
        for task in report.tasks:
            errors = task.flatten(["rowNumber", "fieldName", "type", "note"])
            yield manifest.parent / task.place, [(row or 0, field or "", kind, note) for row, field, kind, note in errors]


def check_clean(inbox):
    failed = 0
    for path, errors in reports(inbox):
        print("FAIL" if errors else "ok  ", path)
        for error in errors[:10]:
            print("    ", *error)
        failed += bool(errors)
    return failed


def show_dirty(inbox):
    """Prints, file by file, the planted lines and those that Frictionless names."""
    planted = {}
    with open(Path(inbox) / "expected-findings.csv", encoding="utf-8") as table:
        for row in csv.DictReader(table):
            if row["kind"] and row["kind"] != "firm_missing":
                planted.setdefault(row["file"], []).append(f"{row['line']} {row['kind']}")
    for path, errors in reports(inbox):
        if path.name in planted:
            named = list(dict.fromkeys(f"{line} {kind}" for line, _, kind, _ in errors))
            more = f" and {len(named) - 20} more" if len(named) > 20 else ""
            print(f"{path.name}\n  planted:      {', '.join(planted[path.name])}")
            print(f"  Frictionless: {', '.join(named[:20])}{more}")


def readable_copy(inbox, folder):
    """The inbox with bytes that are no UTF-8 replaced: Frictionless reads nothing of a file that holds one."""
    shutil.copytree(inbox, folder)
    for manifest in folder.glob("*/datapackage.json"):
        package = json.loads(manifest.read_text(encoding="utf-8"))
        for resource in package["resources"]:
            path = manifest.parent / resource["path"]
            text = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
            packed = gzip.compress(text.encode("utf-8"), mtime=0)
            path.write_bytes(packed)
            resource["bytes"], resource["hash"] = len(packed), "sha256:" + hashlib.sha256(packed).hexdigest()
        manifest.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")


def mujun_names(inbox, folder):
    """(file, line, column, code) of every finding of a run over the inbox."""
    built = [path for path in (Path(".build/debug/mujun"), Path(".build/release/mujun")) if path.exists()]
    if not built:
        sys.exit("Build mujun first: swift build")
    subprocess.run([built[0], "init", folder], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(folder / "inbox")
    shutil.copytree(inbox, folder / "inbox")
    subprocess.run([built[0], "run", "--workspace", folder], check=True, capture_output=True)
    with sqlite3.connect(folder / "mujun.sqlite") as store:
        return set(store.execute("SELECT file, line, header, code FROM finding WHERE file <> ''"))


# What is wrong with how a value is written, whether mujun refuses it or takes it with a note.
TYPES = {"date_malformed", "decimal_malformed", "lenient_dates", "lenient_full_width", "lenient_thousands",
         "month_malformed", "year_malformed"}
NUMBERS = {"decimal_malformed", "lenient_full_width", "lenient_thousands"}


def is_python_number(inbox, file, line, header):
    """Whether Frictionless' own reading of a number takes the value: `1.2E+5`, digits of full width."""
    path = next(Path(inbox).glob(f"*/{file}"))
    rows = gzip.decompress(path.read_bytes()).decode("utf-8", "replace").split("\n")
    row, columns = next(csv.reader([rows[line - 1]])), next(csv.reader([rows[0]]))
    try:
        Decimal(row[columns.index(header)])
    except (InvalidOperation, IndexError, ValueError):
        return False
    return True


def compare_dirty(inbox):
    """How many rows of the dirty sample only one of the two names, for types and for keys."""
    with tempfile.TemporaryDirectory() as folder:
        readable = Path(folder) / "readable"
        readable_copy(inbox, readable)
        ours = mujun_names(readable, Path(folder) / "workspace")
        theirs = set()
        for path, errors in reports(readable):
            theirs |= {(path.name, line, kind) for line, _, kind, _ in errors}
    integers = {
        (schema["mujun"]["feed"], field["name"]) for schema in map(json.loads, map(Path.read_text, CONTRACTS.glob("*.json")))
        for field in schema["fields"] if field["type"] == "integer"}
    # Table Schema knows no number of decimals but none.
    types = {
        (file, line) for file, line, header, code in ours
        if code in TYPES and not (code in NUMBERS and is_python_number(inbox, file, line, header))
        or code == "decimal_too_many_places" and (file.split("-")[0], header) in integers
        # A quote inside a number.
        or code == "quote_stray"}
    named = {(file, line) for file, line, kind in theirs if kind == "type-error"}
    # mujun names all rows of a key that differ, Frictionless those after the first; rows that are alike are one row.
    repeated = {(file, line) for file, line, _, code in ours if code == "key_repeated"}
    keys = {(file, line) for file, line, kind in theirs if kind == "primary-key"}
    later = {(file, line) for file, line in repeated if (file, line - 1) in repeated}
    with open(Path(inbox) / "expected-findings.csv", encoding="utf-8") as table:
        alike = {(row["file"], int(row["line"])) for row in csv.DictReader(table) if row["planted"].startswith("重复行")}
    failed = 0
    for what, left, right in (("types", types, named), ("keys", later | alike, keys)):
        for side, rows in (("mujun", left - right), ("Frictionless", right - left)):
            for file, line in sorted(rows):
                print(f"FAIL {what}: only {side} names {file} line {line}")
        failed += len(left ^ right)
        print(f"{what}: both name the same {len(left & right)} rows of the dirty sample")
    return failed


failures = check_clean("Samples/yongkang-2022/inbox")
show_dirty("Samples/dirty/inbox")
differences = compare_dirty("Samples/dirty/inbox")
if failures or differences:
    sys.exit(
        f"{failures} files of the clean sample do not hold to their contracts; {differences} rows of the dirty one are "
        "named by one of the two alone")
