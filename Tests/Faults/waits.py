"""How long readers wait while a run is recorded, and whether they see whole runs only.

    python3 waits.py MUJUN INBOX [READERS]

INBOX holds the deliveries of a county, such as `mujun sample --firms 1000000 --out INBOX` makes. A first run is recorded; then
a second one, of another day, while READERS (10) processes read without a pause: each transaction asks for the runs, the
number of firms of the newest and its leading firm. Prints figures; exit code 1 when a reader saw anything but whole runs.

A wait is the time from asking (in one of ten transactions with opening the store) until the runs are answered. On a machine
whose cores are busy that contains the time for which the reader itself did not get one: the line `alone` is the
same before the run begins.
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def call(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{command}: {done.returncode}\n{done.stderr}")
    return done.stdout


def watching(store, readers):
    return [subprocess.Popen([sys.executable, str(HERE / "reader.py"), str(store)], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, text=True) for _ in range(readers)]


def told(processes):
    said = [json.loads(process.communicate("")[0]) for process in processes]
    waits = sorted(wait for each in said for wait in each["waits"])
    problems = [each["problem"] for each in said if each["problem"]]
    return waits, problems, max(each["digests"] for each in said)


def line(name, waits):
    def at(part):
        return 1000 * waits[min(len(waits) - 1, int(part * len(waits)))]
    print(f"{name:<10}{len(waits):>9,} transactions   median {at(0.5):6.1f} ms   99% {at(0.99):6.1f} ms   99.9% {at(0.999):6.1f} ms   "
          f"longest {1000 * waits[-1]:6.1f} ms   over 100 ms: {sum(wait > 0.1 for wait in waits)}")


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    mujun, inbox, readers = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), int((sys.argv + [10])[3])
    with tempfile.TemporaryDirectory(prefix="mujun-waits-") as folder:
        county = Path(folder) / "county"
        call(mujun, "init", county)
        settings = county / "mujun.yaml"
        settings.write_text(settings.read_text().replace("inbox: inbox", f"inbox: {inbox}"))
        call(mujun, "run", "-w", county)
        method = county / "method.yaml"
        method.write_text(re.sub(r"as_of: [0-9-]+", "as_of: 2022-06-30", method.read_text()))
        store = county / "mujun.sqlite"
        processes = watching(store, readers)
        time.sleep(5)
        waits, problems, _ = told(processes)
        line("alone", waits)
        processes = watching(store, readers)
        time.sleep(1)
        began = time.monotonic()
        call(mujun, "run", "-w", county)
        seconds = time.monotonic() - began
        time.sleep(1)
        during, more, digests = told(processes)
        line("run", during)
        print(f"The run took {seconds:.1f} s beside {readers} readers; they saw {digests} results, before and after.")
        problems += more
        if problems or digests != 2:
            sys.exit(f"{len(problems)} readers saw what is not whole, or not both results: {problems[:3]}")


main()
