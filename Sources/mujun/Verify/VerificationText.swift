import Results

/// What a verification found, for people.
struct VerificationText {
    let again: RunAgain

    var text: String {
        let run = again.run
        let found = again.verification
        let head = "run \(run.id) · \(run.dataYear) · \(run.stageLabel)"
        guard !found.isEqual else {
            return
                "\(head): \(grouped(found.rows)) rows of \(found.tables.count) tables are what the method of the run gives on "
                + "its \(again.files) archived files; result digest \(run.resultDigest)"
                + (run.engineVersion == engineVersion
                    ? "" : " (made by version \(run.engineVersion), verified by \(engineVersion))")
        }
        var table = Table([
            ("Table", .left), ("rows", .right), ("cells differ", .right), ("rows missing", .right),
            ("rows added", .right),
        ])
        for part in found.tables where !part.isEqual {
            table.add([
                part.name, grouped(part.rows), grouped(part.cells), grouped(part.missing),
                grouped(part.extra),
            ])
        }
        var cells = Table([
            ("Table", .left), ("Firm", .left), ("Row", .left), ("Column", .left), ("stored", .left),
            ("computed", .left),
        ])
        for difference in found.differences {
            cells.add([
                difference.table, difference.code, difference.key, difference.column ?? "(row)",
                cell(difference, difference.stored), cell(difference, difference.computed),
            ])
        }
        let differing = found.tables.reduce(0) { $0 + $1.cells + $1.missing + $1.extra }
        let shown =
            found.differences.count < differing
            ? "\n\(grouped(differing)) differences, \(grouped(found.differences.count)) shown" : ""
        return "\(head): DIFFERS from what the method of the run gives on its \(again.files) archived files"
            + "\(RunAgain.otherVersion(run))\n\n\(table.text)\n\n\(cells.text)\(shown)"
    }

    private func cell(_ difference: RunVerification.Difference, _ value: String?) -> String {
        guard difference.column != nil else { return value ?? "" }
        guard let value else { return "NULL" }
        // Texts of whole files are told by their digests.
        return value.count > 80
            ? value.prefix(80).replacing("\n", with: " ") + "…" : value.replacing("\n", with: " ")
    }
}
