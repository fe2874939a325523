import ArgumentParser
import Evaluation
import Results

/// How a comparison comes out.
struct ComparisonOutput: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, json }

    @Option(help: "How many moving firms are named; 20 in text, otherwise all.") var limit: Int?
    @Option(help: "text, csv (one row per firm that moves) or json.") var format = Format.text

    func validate() throws {
        guard (0...10_000_000).contains(limit ?? 0) else {
            throw ValidationError("--limit must be from 0 to 10,000,000.")
        }
    }

    func write(_ report: ComparisonReport) throws {
        switch format {
        case .text: try StandardOutput.print(report.text(limit: limit ?? 20))
        case .json: try StandardOutput.write(json: ComparisonJSON(report, limit: limit))
        case .csv:
            guard let comparison = report.comparison else { return }
            try MovesExport(comparison).write(limit: limit, about: report.about, to: StandardOutput.write)
        }
    }
}

/// What a comparison found.
struct ComparisonReport {
    /// What is compared with what, one line each.
    let headings: [String]
    /// The same as a phrase, for rows that are taken out of their table.
    let about: String
    let old: ComparedMethod
    let new: ComparedMethod
    let differences: MethodDifferences
    /// `nil` when only the methods were compared.
    let comparison: Comparison?
    /// What one must know to read it.
    let notes: [String]

    init(
        headings: [String], about: String, old: ComparedMethod, new: ComparedMethod, comparison: Comparison?,
        notes: [String]
    ) {
        self.headings = headings
        self.about = about
        self.old = old
        self.new = new
        self.comparison = comparison
        self.notes = notes
        differences = MethodDifferences(old.graph, old.root, new.graph, new.root)
    }

    func text(limit: Int) -> String {
        var parts = [headings.joined(separator: "\n")]
        parts.append(DifferencesText(differences: differences, old: old, new: new).text)
        if !notes.isEmpty { parts.append(notes.map { "· \($0)" }.joined(separator: "\n")) }
        if let comparison { parts.append(ComparisonText(comparison: comparison, limit: limit).text) }
        return parts.joined(separator: "\n\n")
    }
}
