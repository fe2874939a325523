"""Makes what the fuzzer begins with of the samples: seeds.py FOLDER writes FOLDER/TARGET/*."""
import gzip
import io
import itertools
import sys
import warnings
import zipfile
from pathlib import Path

root = Path(__file__).resolve().parent.parent.parent / "Samples"
out = Path(sys.argv[1])
# Short inputs run fast, and say as much: a header and a few rows.
LONGEST = 700
# Contracts in order of their names, as the program loads them.
FEEDS = sorted(path.name.split(".")[0] for path in (root.parent / "Schemas" / "feeds").iterdir())
numbers = itertools.count()


def seed(target, content):
    if len(content) <= LONGEST * 4 or target == "manifest":
        folder = out / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"seed-{next(numbers):04}").write_bytes(content)


def stored(content):
    """The same zip file with its members as they are, so that a changed byte is a changed text."""
    buffer = io.BytesIO()
    warnings.simplefilter("ignore")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
                if name.endswith("sheet1.xml"):
                    seed("sheet", b"\x40" + old.read(name))
    except Exception:
        return content
    return buffer.getvalue()


for path in sorted(root.rglob("*")):
    if "inbox" not in path.parts or not path.is_file():
        continue
    content = path.read_bytes()
    feed = next((feed for feed in FEEDS if path.parent.name.startswith(feed)), "power")
    if path.name == "datapackage.json":
        seed("manifest", content)
    elif path.suffix == ".csv":
        seed("csv", bytes([FEEDS.index(feed), 0]) + content[:LONGEST])
        seed("link", bytes([FEEDS.index(feed)]) + content[:LONGEST])
        try:
            text = content.decode("utf-8-sig").encode("gb18030")
            seed("csv", bytes([FEEDS.index(feed) | 0x80, 0]) + text[:LONGEST])
        except UnicodeError:
            pass
    elif path.suffix == ".gz":
        try:
            start = gzip.GzipFile(fileobj=io.BytesIO(content)).read(LONGEST)
        except Exception:
            seed("gzip", content)
            continue
        seed("csv", bytes([FEEDS.index(feed), 9]) + start)
        seed("gzip", gzip.compress(start[:90], mtime=0) + gzip.compress(start[90:], 0, mtime=0))
    elif path.suffix in (".zip", ".xlsx"):
        for form in (content, stored(content)):
            seed(path.suffix[1:], form)
