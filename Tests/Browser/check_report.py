"""Opens reports in Chromium and says what is wrong with them. See Scripts/check-report."""

import base64
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from chromium import Page

SAMPLE = pathlib.Path(__file__).parents[2] / "Samples/yongkang-2022/inbox"
HOSTILE = "\"'><img src=x onerror=alert(1)><script>alert(2)</script></text></svg>&amp;\u202e坏"
LONG = "永康市世界五金科技创业创新产业集聚示范区暨城乡融合发展综合改革先行管理委员会办公室"

# What the page says of itself, looked at in one go.
LOOK = """
const problems = [];
const all = selector => [...document.querySelectorAll(selector)];
const ids = all('[id]').map(e => e.id);
if (new Set(ids).size != ids.length) problems.push('ids occur twice');
for (const e of all('*')) for (const a of e.attributes) {
  if (/^on/i.test(a.name)) problems.push(`handler ${a.name} in ${e.tagName}`);
  if (/^(src|href|xlink:href|action|data)$/i.test(a.name) && !a.value.startsWith('#'))
    problems.push(`${e.tagName} reaches for ${a.value}`);
  if (/url\\((?!"?#)/.test(a.value)) problems.push(`${e.tagName} reaches for ${a.value}`);
}
for (const name of ['script', 'img', 'iframe', 'object', 'link', 'form'])
  if (all(name).length) problems.push(`there is a <${name}>`);
const images = all('svg[role=img]');
if (images.length < 3) problems.push('hardly any chart');
for (const svg of images) {
  const [title, desc] = [svg.querySelector(':scope > title'), svg.querySelector(':scope > desc')];
  if (!title?.textContent.trim() || !desc?.textContent.trim()) problems.push('a chart without title or description');
  const named = (svg.getAttribute('aria-labelledby') || '').split(' ');
  if (named[0] != title?.id || named[1] != desc?.id) problems.push('a chart is not named by its title');
  if (!svg.closest('figure')?.querySelector('table')) problems.push(`no table beside ${title?.textContent}`);
}
for (const table of all('table')) {
  const name = table.caption?.textContent.trim();
  if (!name) problems.push('a table without a caption');
  for (const th of table.querySelectorAll('th'))
    if (!th.scope) problems.push(`a heading without scope in ${name}`);
  for (const row of table.tBodies[0].rows) {
    if (row.cells[0].tagName != 'TH') problems.push(`a row without heading in ${name}`);
    if (row.cells.length != table.tHead.rows[0].cells.length) problems.push(`rows of unequal length in ${name}`);
  }
}
return problems;
"""

# What is drawn: labels over labels, beyond the chart, too small.
DRAWN = """
const smallest = SMALLEST;
const problems = [];
for (const svg of document.querySelectorAll('svg[role=img]')) {
  const name = svg.querySelector('title').textContent;
  const frame = svg.getBoundingClientRect();
  const labels = [...svg.querySelectorAll('text')].map(e => ({text: e.textContent, box: e.getBoundingClientRect(),
    size: parseFloat(getComputedStyle(e).fontSize) * svg.getScreenCTM().a}));
  for (const {text, box, size} of labels) {
    if (size < smallest) problems.push(`${name}: ‘${text}’ is ${size.toFixed(1)} px high`);
    if (box.left < frame.left - 4 || box.right > frame.right + 4 || box.bottom > frame.bottom + 4 || box.top < frame.top - 4)
      problems.push(`${name}: ‘${text}’ lies outside`);
  }
  for (let i = 0; i < labels.length; i++) for (let j = i + 1; j < labels.length; j++) {
    const [a, b] = [labels[i].box, labels[j].box];
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 1 && down > 5) problems.push(`${name}: ‘${labels[i].text}’ and ‘${labels[j].text}’ overlap`);
  }
}
const wide = document.scrollingElement.scrollWidth - innerWidth;
if (wide > 0) problems.push(`the page is ${wide} px wider than the screen`);
return problems;
"""

# On A4, between margins of 14 mm: what is not printed, or cut off.
PRINTED = """
return [...document.querySelectorAll('table')].flatMap(table => {
  const {width, height} = table.getBoundingClientRect();
  const more = Math.round(width - table.parentElement.getBoundingClientRect().width);
  return height == 0 ? [`${table.caption.textContent} is not printed`]
    : more > 1 ? [`${table.caption.textContent} is ${more} px wider than its column`] : [];
});
"""
A4 = round((210 - 2 * 14) / 25.4 * 96)


def run(mujun, *arguments):
    done = subprocess.run([mujun, *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"mujun {' '.join(arguments)}: {done.stderr}")


def reports(mujun, folder):
    """The sample county for everybody and for the office, with evil and long names, and with nothing in it."""
    county = folder / "county"
    run(mujun, "init", str(county))
    shutil.rmtree(county / "inbox")
    shutil.copytree(SAMPLE, county / "inbox")
    run(mujun, "run", "--workspace", str(county))
    pages = []

    def write(name, *options):
        pages.append(folder / f"{name}.html")
        run(mujun, "report", "--workspace", str(county), "--output", str(pages[-1]), *options)

    write("public")
    write("office", "--audience", "office")
    with sqlite3.connect(county / "mujun.sqlite") as store:
        store.execute("UPDATE result SET name = ?", (HOSTILE,))
        store.execute("UPDATE aggregate SET name = ? WHERE kind = 'town' AND name = '古山镇'", (LONG,))
        store.execute("UPDATE aggregate SET name = ? WHERE kind = 'town' AND name = '芝英镇'", (HOSTILE,))
        store.execute("UPDATE aggregate SET firms = firms * 999 WHERE kind = 'town' AND name = '龙山镇'")
    store.close()
    write("hostile", "--audience", "office")
    return pages


def check(browser, page, pictures):
    problems = []

    def note(where, found):
        problems.extend(f"{page.stem}, {where}: {problem}" for problem in dict.fromkeys(found))

    def screen(width, height, mobile=False):
        browser("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)

    def picture(name):
        if pictures:
            size = browser("Page.getLayoutMetrics")["cssContentSize"]
            clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 8000), "scale": 1}
            shot = browser("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
            (pictures / f"{page.stem}-{name}.png").write_bytes(base64.b64decode(shot["data"]))

    screen(1280, 900)
    browser.open(page.as_uri())
    note("page", browser.look(LOOK))
    tree = browser("Accessibility.getFullAXTree")["nodes"]
    for role in ["image", "table", "region"]:
        named = [node.get("name", {}).get("value", "") for node in tree if node.get("role", {}).get("value") == role]
        if not named or not all(named):
            note("accessibility", [f"of {len(named)} nodes of role {role}, {named.count('')} have no name"])
    note("desktop", browser.look(DRAWN.replace("SMALLEST", "10")))
    picture("desktop")
    browser("Emulation.setEmulatedVisionDeficiency", type="achromatopsia")
    picture("grey")
    browser("Emulation.setEmulatedVisionDeficiency", type="none")
    browser("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    picture("dark")
    screen(360, 800, mobile=True)
    browser("Emulation.setEmulatedMedia", features=[])
    note("phone", browser.look(DRAWN.replace("SMALLEST", "9")))
    picture("phone")
    screen(A4, 1000)
    browser("Emulation.setEmulatedMedia", media="print")
    note("print", browser.look(PRINTED))
    browser("Emulation.setEmulatedMedia", media="")
    paper = browser("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
    if pictures:
        (pictures / f"{page.stem}.pdf").write_bytes(base64.b64decode(paper["data"]))
    note("console", browser.complaints())
    return problems


def main():
    mujun = sys.argv[1]
    pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pages = reports(mujun, pathlib.Path(folder))
        browser = Page()
        try:
            problems = [problem for page in pages for problem in check(browser, page, pictures)]
        finally:
            browser.close()
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(1)
    print(f"{len(pages)} reports in a browser: named, readable on desktop, phone and paper, nothing runs")


main()
