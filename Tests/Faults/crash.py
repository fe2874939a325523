"""Kills the program, or lets the disk fail, at every single change that it makes to its files.

    python3 crash.py MUJUN [small|large] [--night NAME] [--every K] [--count N] [--seed S] [--jobs J]

small: every K-th change (1) of a county's first night, of its next one, of the night that brings an old store up to date, of a
backup and of an export, with every kind of fault. large: N random changes (200) of a county of 20,000 firms, while three processes read. Both without a word.

After each fault: SQLite's integrity check; every run whole; its digest computed by the documented recipe and compared; the
results are the old or the new, and `mujun verify` agrees; exit code 73 or 74 with a sentence, unless
the fault did not matter; readers saw whole runs only. Then the next run, without a fault and without help: it gives the new results and
leaves nothing behind. Exit code 1 when anything else happens; the folder of a case that failed is kept and named.
"""

import argparse
import gzip
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from stores import results

HERE = Path(__file__).resolve().parent
KINDS = ["kill", "tear", "short", "ENOSPC", "EIO", "dead"]
STORES = HERE.parent / "ResultsTests" / "Stores"
LARGE = 20_000
SHOWN = 10


def build_shim(folder):
    shim = folder / "faults.so"
    compiler = shutil.which("cc") or shutil.which("clang") or sys.exit("Install a C compiler: cc or clang.")
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-Wall", "-o", shim, HERE / "faults.c", "-ldl"], check=True)
    return shim


def quiet(*command, **more):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **more)


class Workshop:
    """What the cases have in common: the program, the shim, a folder."""

    def __init__(self, mujun, folder):
        self.mujun = Path(mujun).resolve()
        self.folder = folder
        self.shim = build_shim(folder)

    def run(self, workspace, at=0, kind="none", log=None, command=("run",)):
        environment = dict(os.environ, LD_PRELOAD=str(self.shim), FAULT_ROOT=str(workspace), FAULT_KIND=kind,
                           FAULT_AT=str(at), SWIFT_BACKTRACE="enable=no")
        if log:
            environment["FAULT_LOG"] = str(log)
        return quiet(self.mujun, *command, "--workspace", workspace, env=environment)

    def verifies(self, workspace):
        """Whether the latest run can be made once more from its archived files, and comes to the same."""
        if not results(workspace / "mujun.sqlite"):
            return "there is no run"
        done = quiet(self.mujun, "verify", "latest", "--workspace", workspace)
        return "" if done.returncode == 0 else f"verify says {done.returncode}: {done.stderr}{done.stdout}"


class Night:
    """A workspace before a run, and the results before and after it."""

    def __init__(self, name, shop, template):
        self.name, self.shop, self.template = name, shop, template
        self.old = results(template / "mujun.sqlite")
        # Not where there is none yet, where the store is of an older version, or the archive lacks what the night brings.
        self.is_old_verifiable = not shop.verifies(template)
        whole, log = template.with_name(f"{name}-whole"), template.with_name(f"{name}.log")
        copy(template, whole)
        done = shop.run(whole, log=log)
        assert done.returncode == 0, done.stderr
        self.new = results(whole / "mujun.sqlite")
        assert self.new and {run[1] for run in self.new}.isdisjoint(run[1] for run in self.old), "the same results"
        self.changes = [line.split(" ", 2) for line in log.read_text().splitlines()]
        shutil.rmtree(whole)

    def try_fault(self, at, kind, readers=0):
        """One fault and the run after it. Returns what happened, as a word."""
        workspace = Path(tempfile.mkdtemp(prefix=f"{self.name}-{kind}-{at}-", dir=self.shop.folder))
        copy(self.template, workspace)
        store = workspace / "mujun.sqlite"
        watching = [watch(store, [digest for _, digest in self.old + self.new]) for _ in range(readers)]
        done = self.shop.run(workspace, at, kind)
        told = f"exit code {done.returncode}, {done.stderr.strip()[-600:]}"
        try:
            held = results(store)
            assert held in (self.old, self.new), f"neither the old nor the new results: {held}"
            if held == self.new and done.returncode in (73, 74):
                assert "or all of what was being recorded" in done.stderr, f"the new results, but not said so: {told}"
            if kind in ("kill", "tear"):
                # Threads may change the order of changes, so that the last ones are sometimes not reached.
                assert done.returncode in (-signal.SIGKILL, 0), told
            elif kind == "short":
                assert done.returncode == 0, told
            elif done.returncode != 0:
                assert done.returncode in (73, 74), told
                assert re.search(r"^mujun: error: .{20}", done.stderr, re.M), f"no sentence: {told}"
                assert "Fatal error" not in done.stderr, told
            if done.returncode == 0:
                assert held == self.new, f"said to be done, and the results are the old ones: {told}"
            if held == self.new or self.is_old_verifiable:
                assert not (told := self.shop.verifies(workspace)), told
            again = self.shop.run(workspace)
            assert again.returncode == 0, f"the next run: {again.returncode}, {again.stderr.strip()[-600:]}"
            assert results(store) == self.new, "the next run has other results"
            left = [str(path) for path in workspace.rglob("*") if re.search(r"tmp|journal|migrat", path.name)]
            assert not left, f"left behind: {left}"
            assert not (told := self.shop.verifies(workspace)), told
            for process in watching:
                said = json.loads(process.communicate("")[0])
                assert said["problem"] is None and (said["transactions"] > 0 or not self.old), f"a reader: {said['problem']}"
        except AssertionError as problem:
            for process in watching:
                process.kill()
            raise AssertionError(f"{self.name}, {kind} at {at} of {len(self.changes)}: {problem}\n  {workspace}") from None
        shutil.rmtree(workspace)
        if done.returncode == 0:
            return "went on"
        return "new" if held == self.new else "old"


class Output:
    """A command that makes a file: under every fault the file is there whole, or not at all."""

    def __init__(self, name, shop, template, command, target, content):
        self.name, self.shop, self.template = name, shop, template
        self.command, self.target, self.content = command, target, content
        whole, log = template.with_name(f"{name}-whole"), template.with_name(f"{name}.log")
        copy(template, whole)
        done = shop.run(whole, log=log, command=self.words(whole))
        assert done.returncode == 0, done.stderr
        self.expected = content(whole / target)
        self.changes = [line.split(" ", 2) for line in log.read_text().splitlines()]
        shutil.rmtree(whole)

    def words(self, workspace):
        return [word.replace("TARGET", str(workspace / self.target)) for word in self.command]

    def try_fault(self, at, kind, _readers=0):
        workspace = Path(tempfile.mkdtemp(prefix=f"{self.name}-{kind}-{at}-", dir=self.shop.folder))
        copy(self.template, workspace)
        target, before = workspace / self.target, results(workspace / "mujun.sqlite")
        done = self.shop.run(workspace, at, kind, command=self.words(workspace))
        told = f"exit code {done.returncode}, {done.stderr.strip()[-600:]}"
        try:
            assert done.returncode in ((-signal.SIGKILL, 0) if kind in ("kill", "tear") else (0, 73, 74)), told
            assert done.returncode <= 0 or re.search(r"^mujun: error: .{20}", done.stderr, re.M), f"no sentence: {told}"
            assert done.returncode != 0 or target.exists(), f"said to be done, and nothing is there: {told}"
            was_there = target.exists()
            if was_there:
                assert self.content(target) == self.expected, f"half a file: {told}"
                target.unlink()
            again = self.shop.run(workspace, command=self.words(workspace))
            assert again.returncode == 0 and self.content(target) == self.expected, f"the next time: {again.stderr}"
            left = [str(path) for path in workspace.rglob("*") if re.search(r"tmp|journal", path.name)]
            assert not left, f"left behind: {left}"
            assert results(workspace / "mujun.sqlite") == before
        except AssertionError as problem:
            raise AssertionError(f"{self.name}, {kind} at {at} of {len(self.changes)}: {problem}\n  {workspace}") from None
        shutil.rmtree(workspace)
        return "went on" if done.returncode == 0 else "new" if was_there else "old"


def copy(template, to):
    """The archive is shared: files in it are never written again."""
    subprocess.run(["cp", "-a", "--reflink=auto", f"{template}/.", str(make(to))], check=True)


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def watch(store, digests):
    return subprocess.Popen([sys.executable, str(HERE / "reader.py"), str(store), *digests], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, text=True)


def workspace(shop, name, firms):
    """A workspace whose inbox lies beside it, since a run only reads it."""
    folder, inbox = shop.folder / name, shop.folder / f"{name}-inbox"
    assert quiet(shop.mujun, "init", folder).returncode == 0
    (folder / "inbox").rmdir()
    made = quiet(shop.mujun, "sample", "--firms", firms, "--out", inbox)
    assert made.returncode == 0, made.stderr
    # One draft is kept, so that the next one takes rows out as well as in.
    edit(folder / "mujun.yaml", ("inbox: inbox", f"inbox: {inbox}"), ("drafts_kept: 3", "drafts_kept: 1"))
    return folder


def edit(path, *changes):
    text = path.read_text()
    for old, new in changes:
        assert old in text, f"{path} has no {old}"
        text = text.replace(old, new)
    path.write_text(text)


def next_day(shop, folder, name):
    """The same county after a recorded night, with a delivery that is not in the archive yet and a later day."""
    later = shop.folder / name
    copy(folder, later)
    done = shop.run(later)
    assert done.returncode == 0, done.stderr
    for file in sorted((later / "archive").rglob("*.gz"))[:2]:
        file.unlink()
    edit(later / "method.yaml", ("as_of: 2022-05-31", "as_of: 2023-12-31"))
    return later


def old_store(shop, version):
    """The night after the program was replaced by a newer one: a store that an older one wrote."""
    folder = shop.folder / f"version-{version}"
    copy(shop.folder / "first-40", folder)
    with gzip.open(STORES / f"version-{version}.sqlite.gz") as packed:
        (folder / "mujun.sqlite").write_bytes(packed.read())
    return folder


def nights(shop, firms):
    first = workspace(shop, f"first-{firms}", firms)
    yield Night("first", shop, first)
    later = next_day(shop, first, f"next-{firms}")
    yield Night("next", shop, later)
    if firms == 40:
        yield Night("version-1", shop, old_store(shop, 1))
        yield Output("backup", shop, later, ["backup", "TARGET"], "copy.sqlite", results)
        yield Output("export", shop, later, ["export", "ranking", "--to", "xlsx", "--output", "TARGET"], "list.xlsx",
                     Path.read_bytes)


def try_all(cases, jobs, readers=0):
    outcomes, problems = Counter(), []

    def one(case):
        night, at, kind = case
        try:
            return f"{night.name} {kind}: {night.try_fault(at, kind, readers)}"
        except AssertionError as problem:
            problems.append(str(problem))
            if len(problems) <= SHOWN:
                print(problem, file=sys.stderr, flush=True)
            return f"{night.name} {kind}: FAILED"

    with ThreadPoolExecutor(jobs) as pool:
        for number, outcome in enumerate(pool.map(one, cases), 1):
            outcomes[outcome] += 1
            if number % 200 == 0:
                print(f"  {number} of {len(cases)}", file=sys.stderr, flush=True)
    for outcome, count in sorted(outcomes.items()):
        print(f"  {outcome:<28}{count:>6}")
    return problems


def small(shop, every, jobs, only):
    problems = []
    for night in nights(shop, 40):
        if only not in (None, night.name):
            continue
        # Each kind begins elsewhere, so that a part meets all changes with some kind.
        cases = [(night, at, kind) for number, kind in enumerate(KINDS)
                 for at in range(1 + number % every, len(night.changes) + 1, every)]
        calls = Counter(call for _, call, _ in night.changes)
        print(f"{night.name} (40 firms): {len(night.changes)} changes ({', '.join(f'{n} {c}' for c, n in calls.most_common())}), "
              f"{len(cases)} faults")
        problems += try_all(cases, jobs)
    return problems


def large(shop, count, seed, jobs):
    dice = random.Random(seed)
    *_, night = nights(shop, LARGE)
    cases = [(night, dice.randint(1, len(night.changes)), KINDS[number % len(KINDS)]) for number in range(count)]
    print(f"next night of {LARGE} firms: {len(night.changes)} changes, {len(cases)} faults, three readers")
    return try_all(cases, jobs, readers=3)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("mujun")
    options.add_argument("which", nargs="?", choices=["small", "large"])
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--night", choices=["first", "next", "version-1", "backup", "export"])
    options.add_argument("--count", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs", type=int, default=os.cpu_count())
    options = options.parse_args()
    # In memory where that is possible: the faults are made here, and true disks make every sync slow.
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="mujun-faults-", dir=memory if os.access(memory, os.W_OK) else None))
    shop = Workshop(options.mujun, folder)
    problems = []
    if options.which != "large":
        problems += small(shop, options.every, options.jobs, options.night)
    if options.which != "small":
        problems += large(shop, options.count, options.seed, 1)
    if problems:
        sys.exit(f"{len(problems)} faults did harm.")
    shutil.rmtree(folder)
    print("Every fault left the old results or the new ones.")


main()
