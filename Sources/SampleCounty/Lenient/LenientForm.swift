import Evaluation

/// The same county as departments write it: GB18030, titles above, totals below, other units, widths, blanks and dates.
///
/// Everything here is a leniency of the contracts, so that a reader finds the same firms with the same figures.
struct LenientForm {
    /// A file in its other form; the number of its rows is the same.
    static func text(of clean: [UInt8], in delivery: Delivery, number: Int) throws(CountyError) -> [UInt8] {
        // The invented county has no quoted fields, so that lines and commas split rows and fields.
        let rows = clean.split(separator: UInt8(ascii: "\n")).map { line in
            line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
        guard let header = rows.first else { return clean }
        let form = LenientForm(delivery, header, number: number)
        var text = form.titles + form.header
        var sums = LenientSums(form.columns)
        for (index, row) in rows.dropFirst().enumerated() {
            text += form.row(row, number: index)
            sums.add(row)
            if !form.isOffice, index % 50 == 49 { text += form.line(sums.row("小计", isPart: true)) }
        }
        if !form.isOffice, rows.count > 1 {
            text += form.line(sums.row(number % 2 == 0 ? "合 计" : "总计", isPart: false))
        }
        return try GB18030.encoded(text)
    }

    let columns: [LenientColumn]
    /// The office's own feed: less is taken there.
    let isOffice: Bool
    private let number: Int
    private let title: String

    private init(_ delivery: Delivery, _ header: [String], number: Int) {
        let isOffice = delivery.feed == "decision"
        self.isOffice = isOffice
        columns = header.map { LenientColumn($0, isOffice: isOffice) }
        self.number = number
        title = "\(delivery.department)报送数据（\(delivery.name)）"
    }

    /// None to five rows.
    private var titles: String {
        let rows = [title, "单位：见列名", "填报日期：,2022年4月", "", "说明：“万元”以外的金额单位为元"]
        return rows.prefix(number % 6).map { row in
            let blanks = String(repeating: ",", count: max(1, columns.count - 1))
            return (row.isEmpty ? "第二部分" : row) + blanks + "\r\n"
        }.joined()
    }

    private var header: String { line(columns.enumerated().map { $1.header(number: $0) }) }

    private func row(_ fields: [String], number: Int) -> String {
        let written = zip(columns, fields).enumerated().map { column, pair in
            pair.0.written(pair.1, number: number + column * 5)
        }
        return line(written)
    }

    fileprivate func line(_ fields: [String]) -> String {
        fields.map { $0.contains(where: { $0 == "," || $0 == "\"" }) ? "\"\($0)\"" : $0 }.joined(
            separator: ",") + "\r\n"
    }
}

/// The totals of a file's number columns, as a spreadsheet puts them below.
private struct LenientSums {
    private let columns: [LenientColumn]
    private var all: [Int64]
    private var part: [Int64]

    init(_ columns: [LenientColumn]) {
        self.columns = columns
        all = Array(repeating: 0, count: columns.count)
        part = all
    }

    mutating func add(_ row: [String]) {
        for (index, column) in columns.enumerated() where index < row.count {
            guard let value = column.scaled(row[index]) else { continue }
            all[index] += value
            part[index] += value
        }
    }

    mutating func row(_ label: String, isPart: Bool) -> [String] {
        var fields = columns.indices.map { columns[$0].total(isPart ? part[$0] : all[$0]) }
        fields[0] = label
        part = Array(repeating: 0, count: columns.count)
        return fields
    }
}
