"""Reads a store over and over, as an auditor does, until it is told to stop by the end of its input.

    python3 reader.py STORE DIGEST…

Every transaction must see runs that are whole, of these result digests only. Prints one line of JSON at the end: how
many transactions, how long each waited for its first answer in seconds, how many results it saw, and the first problem.
"""

import json
import select
import sqlite3
import sys
import time
from pathlib import Path

path, known = Path(sys.argv[1]), set(sys.argv[2:])
transactions, waits, problem, seen = 0, [], None, set()
store = None
while not select.select([sys.stdin], [], [], 0.001)[0]:
    try:
        began = time.monotonic()
        if store is None:
            # Also opening is waited for. Of ten transactions one is made with a new connection.
            store = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10, isolation_level=None)
        store.execute("BEGIN")
        runs = store.execute("SELECT id, result_digest, firms FROM run ORDER BY id").fetchall()
        waits.append(round(time.monotonic() - began, 6))
        if runs:
            run, digest, firms = runs[-1]
            seen.add(digest)
            found = store.execute("SELECT count(*) FROM placing WHERE run = ?", [run]).fetchone()[0]
            ranked = store.execute("SELECT name FROM ranking LIMIT 1").fetchone()
            if found != firms or ranked is None:
                problem = problem or f"run {run} shows {found} of {firms} firms"
            if known and not {row[1] for row in runs} <= known:
                problem = problem or f"an unknown digest among {runs}"
        store.execute("COMMIT")
        transactions += 1
        if transactions % 10 == 0:
            store.close()
            store = None
    except sqlite3.Error as error:
        problem = problem or f"{type(error).__name__}: {error}"
        if store is not None:
            store.close()
        store = None
print(json.dumps({"transactions": transactions, "waits": waits, "digests": len(seen), "problem": problem}))
