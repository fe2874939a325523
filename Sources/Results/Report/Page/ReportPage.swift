import Mustache

/// The page as its template takes it. Names of properties are those that `report.mustache` mentions.
struct ReportPage {
    struct Cell {
        let text: String
        /// How the column is set; a class of the template's styles.
        let style: String
    }

    struct Row {
        let head: Cell
        let cells: [Cell]
    }

    struct Table {
        let id: String
        let caption: String
        /// On paper only small letters have room for so many columns.
        let isBroad: Bool
        let columns: [Cell]
        let rows: [Row]

        /// - Parameters:
        ///   - rows: as many texts each as there are columns; the first is the row's heading.
        ///   - isNumber: of each column.
        init(id: String, caption: String, columns: [String], isNumber: [Bool], rows: [[String]]) {
            let styles = columns.indices.map { column -> String in
                if isNumber[column] { return "n" }
                // Hundredths of the font's size: short texts stay on one line, long ones on paper no more, sentences never.
                let widest = rows.map { Markup.width($0[column]) }.max() ?? 0
                return widest <= 1_100 ? "s" : widest <= 2_000 ? "k" : "p"
            }
            self.id = id
            self.caption = caption
            isBroad = columns.count > 8
            self.columns = zip(columns, styles).map(Cell.init)
            self.rows = rows.map { row in
                let cells = zip(row, styles).map(Cell.init)
                return Row(head: cells.first ?? Cell(text: "", style: "s"), cells: Array(cells.dropFirst()))
            }
        }
    }

    struct Figure {
        let caption: String
        /// Made by a chart, escaped there.
        let image: String
        let table: Table
        /// What to know beside the picture.
        let notes: [String]
    }

    struct Section {
        let id: String
        let title: String
        let paragraphs: [String]
        let figures: [Figure]
        let tables: [Table]
        /// Below everything.
        let remarks: [String]
    }

    let title: String
    let lines: [String]
    let facts: [String]
    let sections: [Section]

    init(_ figures: ReportFigures) {
        // The head of every export: whatever is to be said of a run there is said here too.
        let head = ExportHead(
            table: ExportTable(name: "report", title: "评价结果图表", audience: figures.audience, columns: []),
            run: figures.run
        ).lines
        title = head.first ?? ""
        facts = head.dropFirst().first?.split(separator: "　").map(String.init) ?? []
        lines = Array(head.dropFirst(2))
        var writer = ReportSections(figures)
        sections = writer.sections()
    }

    var text: String {
        let name = "report"
        do {
            // Each template asks for it in its first line: a partial does not take it over.
            MustacheContentTypes.register(EscapedByScalar(), named: "SCALARS")
            var library = MustacheLibrary()
            for (name, bytes) in [
                (name, PackageResources.report_mustache), ("table", PackageResources.table_mustache),
            ] {
                try library.register(String(decoding: bytes, as: UTF8.self), named: name)
            }
            return library.render(self, withTemplate: name) ?? ""
        } catch {
            // The templates are part of the program, and every test of a report renders them.
            fatalError("\(error)")
        }
    }
}
