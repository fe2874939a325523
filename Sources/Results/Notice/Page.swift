/// A page that needs nothing beside it, readable on a screen and in print, in grey and on a phone.
struct Page {
    private let title: String
    private var body = ""

    /// - Parameter warning: stands above all and in the title, where it cannot be missed; `nil` for none.
    init(title: String, warning: String?) {
        self.title = (warning.map { "【\($0)】" } ?? "") + title
        if let warning { body += "<p class=\"warning\" role=\"alert\">\(Page.escaped(warning))</p>\n" }
    }

    mutating func heading(_ text: String, level: Int) {
        body += "<h\(level)>\(Page.escaped(text))</h\(level)>\n"
    }

    mutating func paragraph(_ text: String) { body += "<p>\(Page.escaped(text))</p>\n" }

    /// Lines as a template gives them: `# ` and `## ` begin headings, blank lines part nothing.
    mutating func lines(_ text: String) {
        for line in text.split(separator: "\n") where line.contains(where: { !$0.isWhitespace }) {
            if line.hasPrefix("## ") {
                heading(String(line.dropFirst(3)), level: 2)
            } else if line.hasPrefix("# ") {
                heading(String(line.dropFirst(2)), level: 1)
            } else {
                paragraph(String(line))
            }
        }
    }

    /// - Parameter rows: with a cell for each header; a shorter one is filled up.
    mutating func table(_ caption: String, _ headers: [String], _ rows: [[String]]) {
        body += "<div class=\"wide\"><table>\n<caption>\(Page.escaped(caption))</caption>\n<thead><tr>"
        body += headers.map { "<th scope=\"col\">\(Page.escaped($0))</th>" }.joined()
        body += "</tr></thead>\n<tbody>\n"
        for row in rows {
            let cells = row + Array(repeating: "", count: max(0, headers.count - row.count))
            body += "<tr>\(cells.map { "<td>\(Page.escaped($0))</td>" }.joined())</tr>\n"
        }
        body += "</tbody>\n</table></div>\n"
    }

    /// A form: a label and room to write on each line.
    mutating func form(_ caption: String, _ rows: [(label: String, room: Int)]) {
        body += "<table class=\"form\">\n<caption>\(Page.escaped(caption))</caption>\n<tbody>\n"
        for row in rows {
            body +=
                "<tr><th scope=\"row\">\(Page.escaped(row.label))</th><td class=\"room\(min(max(row.room, 1), 3))\"></td></tr>\n"
        }
        body += "</tbody>\n</table>\n"
    }

    /// - Parameter file: beside the page.
    mutating func link(_ text: String, file: String) {
        body += "<p><a href=\"\(Page.address(file))\">\(Page.escaped(text))</a></p>\n"
    }

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(Page.escaped(title))</title>
        <style>
        body { font-family: "Songti SC", SimSun, "Noto Serif CJK SC", serif; line-height: 1.7; color: #111; background: #fff;
          max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; }
        h1 { font-size: 1.5rem; text-align: center; } h2 { font-size: 1.15rem; } h3 { font-size: 1rem; }
        p { margin: .4rem 0; } .warning { border: 3px double #111; padding: .5rem; text-align: center; font-weight: bold; }
        .wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; margin: .8rem 0; }
        caption { text-align: left; font-weight: bold; padding: .3rem 0; }
        th, td { border: 1px solid #666; padding: .2rem .5rem; text-align: left; vertical-align: top; }
        thead { display: table-header-group; } thead th { white-space: nowrap; } tr { break-inside: avoid; } .form th { width: 30%; }
        .room2 { height: 4rem; } .room3 { height: 9rem; }
        @page { size: A4; margin: 20mm; } @media print { body { max-width: none; padding: 0; } a { color: inherit; } }
        </style>
        </head>
        <body>
        \(body)</body>
        </html>

        """
    }

    /// A text as it can stand in an element or an attribute. By scalars, since a mark may follow a sign and be one
    /// character with it; those that HTML does not allow are shown as such.
    static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            case "\t", "\n": escaped.append(scalar)
            case _ where scalar.properties.generalCategory == .control: escaped.append("\u{FFFD}")
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    /// A name as a relative address.
    private static func address(_ file: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        let digits = Array("0123456789ABCDEF")
        return file.utf8.map { byte in
            plain.contains(byte)
                ? String(UnicodeScalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }.joined()
    }
}
