"""Validates the sample inboxes with Frictionless. Started by Scripts/check-schemas."""

import csv
import gzip
import sys
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


failures = check_clean("Samples/yongkang-2022/inbox")
show_dirty("Samples/dirty/inbox")
if failures:
    sys.exit(f"{failures} files of the clean sample do not hold to their contracts")
