"""What a store holds, seen from outside: with SQLite alone and the documented recipe of the result digest."""

import contextlib
import hashlib
import re
import shutil
import sqlite3
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIGEST = "".join(
    line for line in (ROOT / "Schemas" / "result-digest.sql").read_text().splitlines(True) if not line.startswith("."))


@contextlib.contextmanager
def reading(path):
    store = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, timeout=30, isolation_level=None)
    try:
        yield store
    finally:
        store.close()


def computed_digest(store, run):
    """The result digest as Docs/verify-digest.md computes it."""
    digest = hashlib.sha256()
    query = DIGEST
    if store.execute("PRAGMA user_version").fetchone()[0] == 1:
        # Before lists had amounts, and cohorts parts.
        query = re.sub(r"UNION ALL\s+SELECT 4,.*?(?=ORDER BY)", "", query, flags=re.S).replace("amount", "NULL")
    for row in store.execute(query, {"run": run}):
        digest.update(("|".join("" if cell is None else str(cell) for cell in row) + "\n").encode())
    return digest.hexdigest()


def results(path):
    """Number and result digest of all runs, oldest first; what is not whole is an error.

    A store that is not there yet, or that a run left empty which was killed first thing, holds no runs.
    """
    path = Path(path)
    if not path.exists():
        return []
    journal = path.with_name(path.name + "-journal")
    if journal.exists() and journal.stat().st_size > 0:
        # Killed while the very first tables were made. Whoever may write rolls that back; readers have nothing to read.
        with tempfile.TemporaryDirectory() as folder:
            for file in (path, journal):
                shutil.copy(file, folder)
            with contextlib.closing(sqlite3.connect(Path(folder) / path.name)) as store:
                assert not store.execute("SELECT 1 FROM sqlite_schema WHERE name = 'run'").fetchone(), "a hot journal"
                return []
    with reading(path) as store:
        problems = [row[0] for row in store.execute("PRAGMA integrity_check")]
        assert problems == ["ok"], f"integrity_check: {problems[:3]}"
        if not store.execute("SELECT 1 FROM sqlite_schema WHERE name = 'run'").fetchone():
            return []
        assert not store.execute("PRAGMA foreign_key_check").fetchall(), "foreign_key_check"
        digests = []
        for run, told, firms, values in store.execute(
                "SELECT run.id, result_digest, firms, values_table FROM run JOIN method ON method.id = run.method "
                "ORDER BY run.id").fetchall():
            for table in ("result", "placing", values):
                count = store.execute(f'SELECT count(*) FROM "{table}" WHERE run = ?', [run]).fetchone()[0]
                assert count == firms, f"run {run} has {count} rows in {table}, and {firms} firms"
            computed = computed_digest(store, run)
            assert computed == told, f"run {run} has the digest {computed} and says {told}"
            digests.append((run, told))
        for table in ("result", "placing", "list_entry", "decision_applied"):
            left = store.execute(f"SELECT count(*) FROM {table} WHERE run NOT IN (SELECT id FROM run)").fetchone()[0]
            assert left == 0, f"{left} rows of {table} belong to no run"
        return digests
