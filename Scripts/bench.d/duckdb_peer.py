"""The peer in DuckDB: evaluate.sql over the feeds, then store.sql into a new SQLite file.

Usage: duckdb_peer.py INBOX STORE
"""

import re
import sqlite3
import sys
from pathlib import Path

import duckdb
import duckdb_extension_sqlite_scanner

import deliveries

HERE = Path(__file__).resolve().parent
TYPES = {"text": "VARCHAR", "decimal": "DOUBLE", "date": "DATE"}
TABLES = "result|placing|missing_cause|decision_applied|list_entry"


def create(path):
    """A store with the tables that have rows per firm, and their indexes, as mujun makes them."""
    schema = (HERE.parents[1] / "Schemas" / "store.sql").read_text(encoding="utf-8")
    store = sqlite3.connect(path)
    store.execute("PRAGMA page_size = 16384")
    for statement in re.findall(rf"^CREATE (?:TABLE|UNIQUE INDEX \w+ ON) (?:{TABLES}) .*?;$", schema, re.M | re.S):
        store.execute(statement)
    store.execute((HERE / "values_table.sql").read_text(encoding="utf-8"))
    store.commit()
    store.close()


def view(feed, paths):
    types = ", ".join(f"'{name}': '{TYPES[kind]}'" for _, name, kind in deliveries.columns(feed))
    return f"""CREATE VIEW "{feed}" AS FROM read_csv({paths!r}, auto_detect = false, header = true, delim = ',',
        quote = '"', escape = '"', compression = 'gzip', columns = {{{types}}})"""


def main(inbox, path):
    extension = next(Path(duckdb_extension_sqlite_scanner.__file__).parent.rglob("*.duckdb_extension"))
    db = duckdb.connect()
    db.execute(f"LOAD '{extension}'")
    for feed, paths in deliveries.files(inbox).items():
        db.execute(view(feed, paths))
    db.execute((HERE / "evaluate.sql").read_text(encoding="utf-8"))
    create(path)
    # A new file needs no journal: when it is not finished, it is thrown away.
    db.execute(f"ATTACH '{path}' AS store (TYPE sqlite, JOURNAL_MODE 'OFF')")
    db.execute((HERE / "store.sql").read_text(encoding="utf-8"))
    db.close()


main(*sys.argv[1:])
