import Foundation
import Testing

/// An .xlsx file as a stranger reads it: unzipped and parsed by Python's own library.
struct Workbook: Decodable {
    struct Sheet: Decodable {
        let name: String
        /// Texts as they are, numbers as they are written; blank cells are empty.
        let rows: [[String]]
        /// Whether a cell of `rows` is a number.
        let numbers: [[Bool]]
        /// Number format of each cell.
        let formats: [[String]]
        let widths: [Double]
        let formulas: Int
        /// First row below the frozen ones, as `A5`; empty without.
        let frozen: String
        let filter: String
        let isLandscape: Bool
        let paper: String
    }

    let sheets: [Sheet]
    /// What the file says about itself: `2022-05-31T00:00:00Z`.
    let created: String
    /// Names of sheets with the rows that are printed on every page.
    let printTitles: [String]

    static func read(_ path: String) throws -> Workbook {
        let outcome = try Running("/usr/bin/python3", ["-c", script, path]).wait()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return try JSONDecoder().decode(Workbook.self, from: Data(outcome.output.utf8))
    }

    private static let script = """
        import json, re, sys, zipfile
        import xml.etree.ElementTree as tree
        book = zipfile.ZipFile(sys.argv[1])
        assert book.testzip() is None
        main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
        def part(name): return tree.fromstring(book.read(name))
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            shared = ["".join(t.text or "" for t in item.iter(main + "t")) for item in part("xl/sharedStrings.xml")]
        styles = part("xl/styles.xml")
        own = {f.get("numFmtId"): f.get("formatCode") for f in styles.iter(main + "numFmt")}
        known = {"0": "General", "1": "0", "2": "0.00", "49": "@"}
        formats = [own.get(x.get("numFmtId"), known.get(x.get("numFmtId"), "?")) for x in styles.find(main + "cellXfs")]
        workbook = part("xl/workbook.xml")
        sheets = []
        for number, sheet in enumerate(workbook.find(main + "sheets"), 1):
            root = part(f"xl/worksheets/sheet{number}.xml")
            rows, numbers, shapes = [], [], []
            for row in root.find(main + "sheetData"):
                while len(rows) < int(row.get("r")) - 1:
                    rows.append([]); numbers.append([]); shapes.append([])
                texts, kinds, forms = [], [], []
                for cell in row:
                    column = 0
                    for letter in re.match("[A-Z]+", cell.get("r")).group(): column = column * 26 + ord(letter) - 64
                    while len(texts) < column - 1: texts.append(""); kinds.append(False); forms.append("")
                    value = cell.find(main + "v")
                    kind = cell.get("t", "n")
                    if kind == "inlineStr": text = "".join(t.text or "" for t in cell.iter(main + "t"))
                    elif kind == "s": text = shared[int(value.text)]
                    else: text = "" if value is None else value.text
                    texts.append(text); kinds.append(kind == "n" and value is not None)
                    forms.append(formats[int(cell.get("s", "0"))])
                rows.append(texts); numbers.append(kinds); shapes.append(forms)
            pane, filter, page = (next(root.iter(main + n), None) for n in ("pane", "autoFilter", "pageSetup"))
            sheets.append({
                "name": sheet.get("name"), "rows": rows, "numbers": numbers, "formats": shapes,
                "widths": [float(c.get("width")) for c in root.iter(main + "col")],
                "formulas": sum(1 for _ in root.iter(main + "f")),
                "frozen": "" if pane is None else pane.get("topLeftCell"),
                "filter": "" if filter is None else filter.get("ref"),
                "isLandscape": page is not None and page.get("orientation") == "landscape",
                "paper": "" if page is None else page.get("paperSize", "")})
        core = book.read("docProps/core.xml").decode()
        names = [n.text for n in workbook.iter(main + "definedName") if n.get("name") == "_xlnm.Print_Titles"]
        json.dump({"sheets": sheets, "created": re.search("created[^>]*>([^<]*)", core).group(1), "printTitles": names},
            sys.stdout)
        """
}
