"""Makes many small counties, edits them, runs them with every method and compares every value.

    python3 many.py MUJUN COUNT [FIRST]

MUJUN is the program, COUNT how many counties, FIRST the seed of the first one (1). What differs stays in a folder
that is printed. A run that the program refuses must be refused by hand as well, and the other way round. Exit code 1
when anything differs.
"""

import datetime
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from compare import SHOWN, Comparison, evaluate
from exact import Missing, Refused, is_missing, less
from mutate import mutate

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "Samples" / "methods"
YEARS = {2021: ["huangyan-2021", "yongkang-2021", "open-2021"], 2022: ["huangyan-2022"]}
AS_OF = {2021: datetime.date(2022, 5, 31), 2022: datetime.date(2023, 9, 25)}
GENERATED_YEAR = 2021
COHORTS = {"规上": "above", "规下": "below"}


def settings(method, inbox):
    folder = HERE if method == "open-2021" else SHIPPED
    return "\n".join([
        "mujun: workspace/1", "county: 试县", f"method: {folder / method}.yaml", f"inbox: {inbox}",
        "archive: ../archive", "store: mujun.sqlite", "drafts_kept: 1", ""])


def check(mujun, folder, inbox, method, met):
    """What differs for one inbox and method, as sentences."""
    workspace = folder / method
    workspace.mkdir()
    (workspace / "mujun.yaml").write_text(settings(method, inbox), encoding="utf-8")
    done = subprocess.run([mujun, "run", "-w", str(workspace)], capture_output=True, text=True, check=False)
    try:
        evaluation = evaluate(inbox, method)
    except Refused as reason:
        met[f"runs refused, {str(reason).split(':')[0]}"] += 1
        if done.returncode == 65 and reason.words in done.stderr:
            return []
        return [f"by hand refused ({reason}), exit code {done.returncode}: {done.stderr.strip()[-500:]}"]
    if done.returncode != 0:
        return [f"exit code {done.returncode}: {done.stderr.strip()[-500:]}"]
    comparison = Comparison(workspace / "mujun.sqlite", evaluation, method)
    met["values"] += comparison.compared
    meet(evaluation, met)
    return comparison.differences[:SHOWN]


def meet(e, met):
    """Counts the rare cases that were met, so that one can see what a comparison was worth."""
    met["runs"] += 1
    met["firms"] += len(e.firms)
    met["cuts with ties"] += sum(1 for cut in e.cuts if cut.tied)
    met["empty cohorts"] += sum(1 for cut in e.cuts if cut.tier == "A" and cut.base == 0)
    met["means of nothing"] += sum(1 for mean, _, _ in e.statistics.values() if is_missing(mean))
    met["rows refused"] += sum(file.refused for file in e.county.files)
    met["rows collapsed"] += sum(file.collapsed for file in e.county.files)
    for firm in e.firms:
        met["firms unresolved"] += firm.state == "unresolved"
        met["firms unresolved, in scope"] += firm.is_scope_open
        met["firms unresolved, by a decision"] += (
            firm.state == "unresolved" and not firm.is_scope_open and not is_missing(firm.total))
        met["firms unresolved, by a bonus"] += has_unknown_bonus(firm)
        met["firms decided to be out of scope"] += firm.scope in ("excluded", "deferred")
        met["firms decided to be of another cohort"] += (
            firm.cohort in COHORTS.values() and firm.cohort != COHORTS.get(firm["registry_scale"]))
        met["firms of no cohort"] += firm.cohort is None
        met["firms with decided points"] += firm.values.get("decided", 0) != 0
        met["firms with less than no land"] += less(firm["land"], 0) is True
        met["firms moved by decisions"] += firm.tier != firm.initial_tier
        met["negative totals"] += not is_missing(firm.total) and firm.total < 0
        met["decisions"] += len(firm.decisions)
        met["decisions overruled"] += sum(decision.is_overruled for decision in firm.decisions)
        met["list entries"] += len(firm.grounds)


def has_unknown_bonus(firm):
    bonuses = [firm.values.get(name) for name in ("high_tech", "specialised", "bonus", "better")]
    return firm.scope == "graded" and Missing.REFUSED_ROW in bonuses


def county(mujun, seed):
    """One county with all methods: the sentences, the cases met, and the edits."""
    folder = Path(tempfile.mkdtemp(prefix=f"mujun-oracle-{seed}-"))
    firms = random.Random(seed).randint(20, 300)
    subprocess.run(
        [mujun, "sample", "--firms", str(firms), "--seed", str(seed), "--out", str(folder / "sample")], check=True)
    sentences, met = [], Counter()
    for year, methods in YEARS.items():
        inbox = folder / f"inbox-{year}"
        years = year - GENERATED_YEAR
        edits = mutate(folder / "sample", inbox, seed * 2 + years, year, AS_OF[year], years)
        met.update(f"edit {name}" for name in edits)
        for method in methods:
            found = check(mujun, folder, inbox, method, met)
            if found:
                sentences += [f"{folder} {method} ({firms} firms; {', '.join(edits) or 'no edits'}):"] + found
    if not sentences:
        shutil.rmtree(folder)
    return sentences, met


def main(arguments):
    if len(arguments) not in (2, 3):
        sys.exit(__doc__)
    mujun = os.path.abspath(arguments[0])
    count, first = int(arguments[1]), int(arguments[2]) if len(arguments) == 3 else 1
    met, different = Counter(), 0
    with ProcessPoolExecutor(max_workers=2) as pool:
        for sentences, own in pool.map(county, [mujun] * count, range(first, first + count)):
            met.update(own)
            different += bool(sentences)
            for sentence in sentences:
                print(sentence, flush=True)
    for name, number in sorted(met.items()):
        print(f"{number:>12,} {name}")
    print(f"{count} counties, {different} with differences")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
