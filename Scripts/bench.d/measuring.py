"""What the benches share: the binary, invented counties, and whole processes that are timed."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / ".build" / "bench"
MUJUN = ROOT / ".build" / "release" / "mujun"


def say(text):
    print(text, file=sys.stderr, flush=True)


def make_mujun():
    if not MUJUN.exists():
        say("building mujun")
        build = ["swift", "build", "-c", "release", "--product", "mujun", "-Xswiftc", "-static-stdlib"]
        subprocess.run(build, cwd=ROOT, check=True, stdout=sys.stderr)


def make_county(firms):
    inbox = KEPT / f"county-{firms}"
    if not inbox.exists():
        say(f"inventing a county of {firms:,} firms")
        unfinished = KEPT / f"county-{firms}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        sample = [MUJUN, "sample", "--firms", str(firms), "--seed", "1", "--out", unfinished]
        subprocess.run(sample, check=True, stdout=subprocess.DEVNULL)
        unfinished.rename(inbox)
    return inbox


def make_workspace(inbox, name="workspace"):
    workspace = KEPT / name
    shutil.rmtree(workspace, ignore_errors=True)
    subprocess.run([MUJUN, "init", workspace], check=True, stdout=subprocess.DEVNULL)
    settings = workspace / "mujun.yaml"
    text = settings.read_text(encoding="utf-8")
    for key, path in [("method", ROOT / "Samples" / "methods" / "yongkang-2021.yaml"), ("inbox", inbox)]:
        text = re.sub(rf"^{key}: .*$", f"{key}: {path}", text, flags=re.MULTILINE)
    settings.write_text(text, encoding="utf-8")
    return workspace


def machine():
    """One line about what everything runs on."""
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown CPU")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB; load average {load:.2f} before the runs."


class Contender:
    """A command, with what each of its runs took."""

    def __init__(self, name, command, *, results=None, fresh=(), exits=0):
        self.name = name
        self.command = command
        self.results = results  # the SQLite file that it writes
        self.fresh = fresh  # what is deleted before each run
        self.exits = exits  # how a good run ends
        self.seconds, self.cpu, self.memory = [], [], []

    def run(self):
        for path in self.fresh:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        # What the run before left to be written must not slow this one.
        os.sync()
        with open(KEPT / "last-run.log", "wb") as log:
            start = time.monotonic()
            process = subprocess.Popen(self.command, stdout=log, stderr=log)
            _, status, usage = os.wait4(process.pid, 0)
            self.seconds.append(time.monotonic() - start)
        if os.waitstatus_to_exitcode(status) != self.exits:
            sys.exit(f"{self.name} failed; see {KEPT}/last-run.log")
        self.cpu.append(usage.ru_utime + usage.ru_stime)
        self.memory.append(usage.ru_maxrss * 1024)
