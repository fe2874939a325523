@testable import Intake

/// Zip files whose members lie in them unpacked, so that tests need no compressor.
enum Zip {
    static func file(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var out: [UInt8] = []
        var directory: [UInt8] = []
        for (name, bytes) in members {
            let own = Array(name.utf8)
            let start = out.count
            let about =
                number(20, 2) + number(0x800, 2) + number(0, 2) + number(0, 2) + number(0x21, 2)
                + number(Int(Gzip.crc(bytes)), 4) + number(bytes.count, 4) + number(bytes.count, 4)
                + number(own.count, 2) + number(0, 2)
            out += [0x50, 0x4b, 3, 4] + about + own + bytes
            directory +=
                [0x50, 0x4b, 1, 2] + number(0x314, 2) + about + number(0, 2) + number(0, 2) + number(0, 2)
                + number(0, 4) + number(start, 4) + own
        }
        let start = out.count
        return out + directory + [0x50, 0x4b, 5, 6] + number(0, 4) + number(members.count, 2)
            + number(members.count, 2) + number(directory.count, 4) + number(start, 4) + number(0, 2)
    }

    private static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}

/// Workbooks as tests want them.
struct Book {
    /// Name, state, and the XML inside `sheetData`.
    var sheets: [(name: String, state: String, rows: String)]
    /// `si` elements.
    var texts = ""
    /// `numFmts` and `cellXfs` elements.
    var styles = ""
    var from1904 = false
    /// What stands in front of the sheet's first element.
    var doctype = ""

    init(
        _ rows: String, texts: String = "", styles: String = "", from1904: Bool = false, doctype: String = ""
    ) {
        sheets = [("用电", "visible", rows)]
        self.texts = texts
        self.styles = styles
        self.from1904 = from1904
        self.doctype = doctype
    }

    private func relations(_ list: [(id: String, type: String, target: String)]) -> [UInt8] {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let lines = list.map {
            "<Relationship Id=\"\($0.id)\" Type=\"\(office)/\($0.type)\" Target=\"\($0.target)\"/>"
        }
        return Array("<?xml version=\"1.0\"?><Relationships>\(lines.joined())</Relationships>".utf8)
    }

    var bytes: [UInt8] { Zip.file(members) }

    var members: [(name: String, bytes: [UInt8])] {
        let list = sheets.enumerated().map { index, sheet in
            "<x:sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" state=\"\(sheet.state)\" r:id=\"s\(index)\"/>"
        }
        var parts: [(id: String, type: String, target: String)] = sheets.indices.map {
            ("s\($0)", "worksheet", "worksheets/sheet\($0).xml")
        }
        parts += [("t", "sharedStrings", "sharedStrings.xml"), ("f", "styles", "/xl/styles.xml")]
        let own: [(name: String, bytes: [UInt8])] = sheets.enumerated().map { index, sheet in
            (
                "xl/worksheets/sheet\(index).xml",
                Array("\(doctype)<worksheet><sheetData>\(sheet.rows)</sheetData></worksheet>".utf8)
            )
        }
        return [
            ("[Content_Types].xml", Array("<Types/>".utf8)),
            ("_rels/.rels", relations([("r", "officeDocument", "xl/workbook.xml")])),
            (
                "xl/workbook.xml",
                Array(
                    """
                    <x:workbook xmlns:x="m" xmlns:r="r"><x:workbookPr date1904="\(from1904 ? 1 : 0)"/>
                    <x:sheets>\(list.joined())</x:sheets></x:workbook>
                    """.utf8)
            ),
            ("xl/_rels/workbook.xml.rels", relations(parts)),
            ("xl/sharedStrings.xml", Array("<sst>\(texts)</sst>".utf8)),
            ("xl/styles.xml", Array("<styleSheet>\(styles)</styleSheet>".utf8)),
        ] + own
    }
}
