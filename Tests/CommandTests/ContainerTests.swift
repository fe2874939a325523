import Foundation
import Testing

/// Deliveries in zip files and workbooks, from the inbox to the explanation.
@Suite struct ContainerTests {
    /// A county delivered as gzip, and again with every other file as a zip file and the rest as workbooks, with real
    /// numbers and dates in their cells: the results are the same, and so are the lines behind them.
    @Test func aCountyOfWorkbooksAndZipFiles() throws {
        let county = try County(firms: 120, seed: 9)
        let first = try county.run()
        #expect(first.exitCode == 0, "\(first.errors)")
        let digest = try county.sql("SELECT result_digest FROM run")
        let firm = try county.sql("SELECT code FROM ranking ORDER BY code LIMIT 1")
        let lines = try county.mujun("explain", firm, "--rows").output

        let repacked = try Running(
            "/usr/bin/python3", ["-c", repack, county.inbox, repository.path + "/Schemas/feeds"]
        ).wait()
        #expect(repacked.exitCode == 0, "\(repacked.errors)")
        let second = try county.run()
        #expect(second.exitCode == 0, "\(second.errors)")
        #expect(try county.sql("SELECT result_digest FROM run ORDER BY id") == "\(digest)\n\(digest)")

        let again = try county.mujun("explain", firm, "--rows")
        #expect(again.exitCode == 0 && again.output.contains(".xlsx") && again.output.contains(".zip"))
        func count(_ text: String) -> Int { text.split(separator: "\n").count { $0.contains(firm) } }
        #expect(count(again.output) == count(lines) && count(lines) > 10)
    }

    /// A file that is not all there yet: the run does without the delivery, says so, and takes it the next night.
    @Test func aDeliveryThatIsStillBeingCopied() throws {
        let county = try County(firms: 60, seed: 3)
        let file = county.inbox + "/tax-2021-03/tax-2021-03.csv.gz"
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        try whole.dropLast(10).write(to: URL(fileURLWithPath: file))
        let first = try county.run()
        #expect(first.exitCode == 0, "\(first.errors)")
        #expect(first.output.contains("delivery_incomplete") && first.output.contains("month_missing"))
        try whole.write(to: URL(fileURLWithPath: file))
        let second = try county.run()
        #expect(second.exitCode == 0 && !second.output.contains("delivery_incomplete"))
        #expect(try county.sql("SELECT count(DISTINCT result_digest) FROM run") == "2")
    }

    private let repack = #"""
        import csv, datetime, glob, gzip, hashlib, html, io, json, os, sys, zipfile
        inbox, schemas = sys.argv[1:]
        OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        types = {}
        for path in glob.glob(schemas + "/*.json"):
            schema = json.load(open(path, encoding="utf-8"))
            types[schema["mujun"]["feed"]] = {field["name"]: field["type"] for field in schema["fields"]}

        def cell(text, kind):
            if text == "":
                return "<c/>"
            if kind in ("number", "integer", "year"):
                return "<c><v>%.17g</v></c>" % float(text)
            if kind in ("date", "yearmonth"):
                day = datetime.date.fromisoformat(text if kind == "date" else text + "-01")
                return '<c s="%d"><v>%d</v></c>' % (1 if kind == "date" else 2, (day - datetime.date(1899, 12, 30)).days)
            return '<c t="inlineStr"><is><t>%s</t></is></c>' % html.escape(text)

        def workbook(rows, kinds):
            lines = ["<row>" + "".join(cell(text, "string") for text in rows[0]) + "</row>"]
            for row in rows[1:]:
                lines.append("<row>" + "".join(cell(t, kinds[h]) for t, h in zip(row, rows[0])) + "</row>")
            def rels(*list):
                return "<Relationships>" + "".join(
                    '<Relationship Id="%s" Type="%s/%s" Target="%s"/>' % (i, OFFICE, t, p) for i, t, p in list) + "</Relationships>"
            return [
                ("[Content_Types].xml", "<Types/>"), ("_rels/.rels", rels(("a", "officeDocument", "xl/workbook.xml"))),
                ("xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="1" sheetId="1" r:id="a"/></sheets></workbook>'),
                ("xl/_rels/workbook.xml.rels", rels(("a", "worksheet", "s.xml"), ("b", "styles", "f.xml"))),
                ("xl/f.xml", '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy-mm"/></numFmts><cellXfs>'
                 '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>'),
                ("xl/s.xml", "<worksheet><sheetData>" + "".join(lines) + "</sheetData></worksheet>")]

        for number, folder in enumerate(sorted(os.listdir(inbox))):
            path = inbox + "/" + folder + "/datapackage.json"
            if not os.path.exists(path):
                continue
            manifest = json.load(open(path, encoding="utf-8"))
            for resource in manifest["resources"]:
                old = inbox + "/" + folder + "/" + resource["path"]
                text = gzip.decompress(open(old, "rb").read())
                rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))
                members = [("data.csv", text)] if number % 2 else workbook(rows, types[manifest["mujun"]["feed"]])
                resource["path"] = resource["path"][:-7] + (".zip" if number % 2 else ".xlsx")
                resource.pop("compression", None)
                new = inbox + "/" + folder + "/" + resource["path"]
                with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
                    for name, content in members:
                        archive.writestr(name, content)
                os.remove(old)
                packed = open(new, "rb").read()
                resource["bytes"] = len(packed)
                resource["hash"] = "sha256:" + hashlib.sha256(packed).hexdigest()
            json.dump(manifest, open(path, "w", encoding="utf-8"), ensure_ascii=False)
        """#
}
