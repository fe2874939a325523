/// Plants bad rows in the files of a small county, in known places, and says where they are.
struct BadRows {
    /// A file with its planted rows.
    struct Spoiled {
        var bytes: [UInt8] = []
        /// Rows below the header.
        var rows = 0
        var expected: [ExpectedFinding] = []
    }

    private let plan: [String: [Planting]]

    init(year: Int) { plan = PlantingPlan.plan(year: year) }

    /// The text of a file of a delivery with what the plan has for it. Planned rows beyond the end are left out.
    func planted(in file: String, of delivery: String, _ bytes: [UInt8]) -> Spoiled {
        // The invented county has no quoted fields, so that lines and commas split rows and fields.
        var drafts = bytes.split(separator: UInt8(ascii: "\n")).map { line in
            Draft(
                fields: line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(
                    Array.init))
        }
        let headers = drafts.first.map { $0.fields.map { String(decoding: $0, as: UTF8.self) } } ?? []
        if delivery.hasPrefix("power-") { markRowsWithoutCode(&drafts, headers: headers) }
        for planting in plan[delivery] ?? [] where planting.file.isEmpty || file.hasSuffix(planting.file) {
            planting.apply(to: &drafts, headers: headers)
        }
        return rendered(drafts, headers: headers, file: file, delivery: delivery)
    }

    /// Power accounts in somebody else's name, which a clean county has too.
    private func markRowsWithoutCode(_ drafts: inout [Draft], headers: [String]) {
        let header = "统一社会信用代码"
        guard let column = headers.firstIndex(of: header) else { return }
        for index in drafts.indices where drafts[index].fields[column].isEmpty {
            drafts[index].marks.append(
                Draft.Mark(column: header, kind: "firm_missing", planted: "未填代码（非错误）"))
        }
    }

    private func rendered(_ drafts: [Draft], headers: [String], file: String, delivery: String) -> Spoiled {
        var spoiled = Spoiled()
        var line = 1
        for draft in drafts {
            let row = Array(draft.fields.joined(separator: [UInt8(ascii: ",")])) + draft.ending
            for mark in draft.marks {
                spoiled.expected.append(
                    ExpectedFinding(
                        delivery: delivery, file: file, line: line, column: mark.column, kind: mark.kind,
                        planted: mark.planted))
            }
            spoiled.bytes += row
            line += row.count { $0 == UInt8(ascii: "\n") }
        }
        spoiled.rows = max(0, drafts.count - 1)
        return spoiled
    }
}

/// A row while it is being spoiled.
struct Draft {
    struct Mark {
        let column: String
        let kind: String
        let planted: String
    }

    var fields: [[UInt8]]
    var ending: [UInt8] = [UInt8(ascii: "\n")]
    var marks: [Mark] = []
}

/// One thing to plant.
struct Planting {
    enum Edit {
        /// Puts these bytes into the column.
        case set(column: String, [UInt8])
        /// Adds a copy of the row below it, with these texts in some columns.
        case insert([(column: String, text: String)])
        /// Adds a copy that has the same key and another text in this column: both are refused.
        case contradict(column: String, String)
        case dropLastField
        case endWithCRLF
        /// Adds a column to every row.
        case addColumn(String, value: String)
    }

    /// How the name of the file ends; empty for the only file of a delivery.
    var file = ""
    /// The row below the header, from 1, of the file as it is when this edit's turn comes.
    let row: Int
    let edit: Edit
    /// The column that the finding names.
    let column: String
    let kind: String
    let planted: String

    func apply(to drafts: inout [Draft], headers: [String]) {
        guard drafts.indices.contains(row) else { return }
        let mark = Draft.Mark(column: column, kind: kind, planted: planted)
        func put(_ bytes: [UInt8], _ column: String, _ draft: inout Draft) {
            if let index = headers.firstIndex(of: column) { draft.fields[index] = bytes }
        }
        switch edit {
        case .set(let column, let bytes):
            put(bytes, column, &drafts[row])
            drafts[row].marks.append(mark)
        case .insert(let changes):
            var copy = Draft(fields: drafts[row].fields, marks: [mark])
            for change in changes { put(Array(change.text.utf8), change.column, &copy) }
            drafts.insert(copy, at: row + 1)
        case .contradict(let column, let text):
            var copy = Draft(fields: drafts[row].fields, marks: [mark])
            put(Array(text.utf8), column, &copy)
            drafts[row].marks.append(mark)
            drafts.insert(copy, at: row + 1)
        case .dropLastField:
            drafts[row].fields.removeLast()
            drafts[row].marks.append(mark)
        case .endWithCRLF:
            drafts[row].ending = Array("\r\n".utf8)
            drafts[row].marks.append(mark)
        case .addColumn(let header, let value):
            for index in drafts.indices {
                drafts[index].fields.append(Array((index == 0 ? header : value).utf8))
            }
            drafts[0].marks.append(mark)
        }
    }
}
