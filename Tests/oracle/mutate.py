"""Edits an inbox so that what is rare in a generated county becomes frequent.

    python3 mutate.py INBOX SEED [YEARS]

The seed decides which edits are made and where; the same seed makes the same bytes. YEARS shifts every date, month
and year, so that a county of 2021 becomes one of 2022. Some edits make an inbox that must be refused; most do not.
"""

import datetime
import random
import shutil
import sys
from pathlib import Path

import edit_decisions
import edit_deliveries
import edit_figures
import edit_firms
from editable import Inbox

EDITS = [
    edit_figures.equal_firms, edit_figures.round_figures, edit_figures.on_the_line, edit_figures.odd_values,
    edit_figures.all_blank, edit_deliveries.missing_rows, edit_deliveries.missing_feed, edit_firms.expiries,
    edit_firms.other_registry, edit_firms.refused_firms, edit_firms.odd_land, edit_firms.leases, edit_firms.vetoes,
    edit_decisions.tier_decisions, edit_decisions.other_decisions, edit_firms.last_year,
    edit_deliveries.refused_rows, edit_deliveries.refused_facts, edit_deliveries.repeated_rows,
    edit_deliveries.corrections, edit_figures.too_many_digits,
]


def mutate(source, target, seed, data_year, as_of, years=0):
    """Writes an edited copy of the inbox, shifted to the data year; returns the names of the edits."""
    draw = random.Random(seed)
    inbox = Inbox(source, draw, data_year, as_of)
    if years:
        for delivery in inbox.deliveries:
            delivery.shift(years)
    # Every eighth county stays as it is.
    chosen = [edit for edit in EDITS if draw.random() < 0.35] if seed % 8 else []
    for edit in chosen:
        edit(inbox)
    Path(target).mkdir(parents=True)
    inbox.write(target)
    return [edit.__name__ for edit in chosen]


def main(arguments):
    if len(arguments) not in (2, 3):
        sys.exit(__doc__)
    folder, seed = Path(arguments[0]), int(arguments[1])
    years = int(arguments[2]) if len(arguments) == 3 else 0
    edited = folder.with_name(folder.name + ".edited")
    as_of = datetime.date(2022, 5, 31) if years == 0 else datetime.date(2023, 9, 25)
    print(", ".join(mutate(folder, edited, seed, 2021 + years, as_of, years)) or "no edits")
    shutil.rmtree(folder)
    edited.rename(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
