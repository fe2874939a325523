import Mustache

/// The page as its template takes it. Names of properties are those that `report.mustache` mentions.
struct ReportPage {
    struct Cell {
        let text: String
        let isNumber: Bool
    }

    struct Row {
        let head: String
        let cells: [Cell]
    }

    struct Column {
        let text: String
        let isNumber: Bool
    }

    struct Table {
        let id: String
        let caption: String
        let columns: [Column]
        let rows: [Row]
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
