import Evaluation

// The tables of a letter.
extension Letter {
    private func column(
        _ name: String, _ chinese: String, _ english: String, _ kind: ExportTable.Column.Kind = .text
    ) -> ExportTable.Column {
        ExportTable.Column(name: name, header: word(chinese, english), kind: kind)
    }

    private func number(_ number: Int) -> ExportTable.Value { .number(Int64(number)) }
    private func text(_ text: String) -> ExportTable.Value { text.isEmpty ? .empty : .text(text) }

    // MARK: Workbook

    func writeBook(to sink: ByteSink) throws {
        let day = source.run?.asOf ?? String(source.attempt.startedAt.prefix(10))
        let book = try XlsxBook(title: head[0], day: day)
        let summary = try book.addSheet(word("汇总", "Summary"))
        var widths: [Int] = []
        var row = 0
        for (line, text) in head.enumerated() {
            try summary.write(text, row, 0, line == 0 ? .title : .text)
            row += 1
        }
        row = try summary.writeTable(deliveryColumns, deliveries, from: row + 1, &widths)
        _ = try summary.writeTable(countColumns, codes, from: row + 1, &widths)
        try summary.setWidths(widths)
        let details = try XlsxTable(
            lineColumns, head: [head[0]], of: try book.addSheet(word("明细", "Details")))
        for finding in source.findings { try details.writeRow(line(finding)) }
        try details.finalize()
        try book.finalize(to: sink)
    }

    private var deliveryColumns: [ExportTable.Column] {
        [
            column("feed", "数据", "Feed"), column("delivery", "报送", "Delivery"), column("file", "文件", "File"),
            column("period", "所属期", "Period"), column("rows", "记录", "Rows", .integer),
            column("accepted", "采用", "Accepted", .integer), column("refused", "拒收", "Refused", .integer),
            column("collapsed", "重复", "Repeated", .integer), column("unused", "未用", "Unused", .integer),
        ]
    }

    private var deliveries: [[ExportTable.Value]] {
        source.files.map { file in
            [
                text(title(file.feed)), text(file.delivery), text(file.path), text(period(file)),
                number(file.rows), number(file.accepted), number(file.refused), number(file.collapsed),
                number(file.unused),
            ]
        }
    }

    private var countColumns: [ExportTable.Column] {
        [
            column("feed", "数据", "Feed"), column("code", "问题编号", "Code"),
            column("severity", "级别", "Severity"), column("count", "条数", "Count"),
        ]
    }

    private var codes: [[ExportTable.Value]] {
        source.counts.map { count in
            [text(title(count.feed)), text(count.code), text(word(count.severity)), text(cap(count))]
        }
    }

    private var lineColumns: [ExportTable.Column] {
        [
            column("feed", "数据", "Feed"), column("delivery", "报送", "Delivery"), column("file", "文件", "File"),
            column("line", "行", "Line", .integer), column("column", "列", "Column"),
            column("severity", "级别", "Severity"), column("row", "原文", "As delivered", .prose),
            column("problem", "问题", "What is wrong", .prose), column("remedy", "处理办法", "What to do", .prose),
            column("code", "问题编号", "Code"),
        ]
    }

    private func line(_ finding: Finding) -> [ExportTable.Value] {
        let (problem, remedy) = parts(finding)
        return [
            text(title(finding.feed)), text(finding.delivery), text(finding.file),
            finding.line > 0 ? number(finding.line) : .empty, text(finding.column),
            text(word(finding.severity)), text(finding.row), text(problem), text(remedy), text(finding.code),
        ]
    }

    // MARK: CSV

    /// One table: what was sent, what was found how often, then the findings; the first column says which.
    func writeCSV(to sink: ByteSink) throws {
        var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
        let columns = [column("kind", "类别", "Kind")] + lineColumns
        func add(_ values: [ExportTable.Value], isHeader: Bool = false) {
            CSV.line(&bytes, Array(zip(columns, values)), isHeader: isHeader)
        }
        func summary(
            _ kind: String, feed: String, delivery: String = "", file: String = "", severity: String = "",
            _ sentence: String, code: String = ""
        ) -> [ExportTable.Value] {
            [
                text(kind), text(feed), text(delivery), text(file), .empty, .empty, text(severity), .empty,
                text(sentence), .empty, text(code),
            ]
        }
        add(columns.map { .text($0.header) }, isHeader: true)
        for sentence in head { add(summary(word("说明", "about"), feed: "", sentence)) }
        for file in source.files {
            let sentence = word(
                "共\(file.rows)条，采用\(file.accepted)，拒收\(file.refused)，重复\(file.collapsed)，未用\(file.unused)",
                "\(file.rows) rows: \(file.accepted) accepted, \(file.refused) refused, \(file.collapsed) repeated, \(file.unused) unused"
            )
            add(
                summary(
                    word("报送", "delivery"), feed: title(file.feed), delivery: file.delivery, file: file.path,
                    sentence))
        }
        for count in source.counts {
            add(
                summary(
                    word("汇总", "summary"), feed: title(count.feed), severity: word(count.severity),
                    cap(count),
                    code: count.code))
        }
        for finding in source.findings {
            add([text(word("明细", "finding"))] + line(finding))
            if bytes.count >= 1 << 16 {
                try sink(bytes[...])
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try sink(bytes[...])
    }
}

extension XlsxSheet {
    /// Writes a small table among others.
    /// - Parameter widths: grows with what the columns hold.
    /// - Returns: the first row after it.
    func writeTable(
        _ columns: [ExportTable.Column], _ rows: [[ExportTable.Value]], from start: Int, _ widths: inout [Int]
    ) throws -> Int {
        while widths.count < columns.count { widths.append(8) }
        for (index, column) in columns.enumerated() {
            try write(column.header, start, index, .header)
            widths[index] = max(widths[index], XlsxSheet.width(of: column.header) + 2)
        }
        for (offset, values) in rows.enumerated() {
            for (index, value) in values.enumerated() {
                switch value {
                case .empty: break
                case .text(let text):
                    try write(text, start + 1 + offset, index, .text)
                    widths[index] = min(60, max(widths[index], XlsxSheet.width(of: text) + 2))
                case .number(let number):
                    try write(number, decimals: 0, start + 1 + offset, index, .integer)
                }
            }
        }
        return start + 1 + rows.count
    }
}
