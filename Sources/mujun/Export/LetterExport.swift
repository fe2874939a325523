import ArgumentParser
import Evaluation
import Foundation
import Intake
import Results

/// `mujun export letter`: what was wrong goes back to those who sent it.
struct LetterExport {
    let workspace: Workspace
    /// A department, or a feed by its name or label; `nil` for a letter to each department.
    let department: String?
    let language: Letter.Language
    let attempt: Int64?
    let run: Int64?
    let format: ExportFormat
    let output: String?
    let encoding: CSVEncoding

    func write() throws {
        guard format != .json else {
            throw Failure.usage("a letter is xlsx or csv; programs read `mujun check --format json`.")
        }
        guard department != nil || output != nil else {
            throw Failure.usage(
                "name a --department, or a folder with --output for a letter to each department.")
        }
        let store = try Store(opening: workspace.store, for: .reading)
        let source = try source(store)
        let contracts = try ShippedContracts.load()
        guard let department else { return try writeAll(source, contracts) }
        let about = contracts.filter { [$0.department, $0.name, $0.title].contains(department) }
        guard let first = about.first else {
            var known: [String] = []
            for contract in contracts where !known.contains(contract.department) {
                known.append(contract.department)
            }
            throw Failure.usage(
                "no feed comes from `\(department)`. Departments: \(known.joined(separator: ", ")); or name a feed: "
                    + "\(contracts.map(\.name).joined(separator: ", ")).")
        }
        let letter = letter(first.department, about, source)
        if !letter.hasContent {
            Talk.warning("attempt \(source.attempt.id) read nothing of \(department); the letter says so.")
        }
        try OutputFile.write(output, encoding) { try letter.write(as: format, to: $0) }
    }

    private func letter(_ department: String, _ about: [FeedContract], _ source: LetterSource) -> Letter {
        Letter(county: workspace.county, department: department, about: about, of: source, in: language)
    }

    private func source(_ store: Store) throws -> LetterSource {
        guard let source = try store.letterSource(attempt: attempt, run: run) else {
            let what = attempt.map { "attempt \($0)" } ?? run.map { "run \($0)" } ?? "any attempt"
            throw Failure.usage(
                "the store \(workspace.store) keeps nothing that \(what) read. Findings are kept of the runs that are "
                    + "kept and of the last 30 attempts; `mujun run` makes new ones.")
        }
        let newest = try store.attempts(limit: 1).first
        if attempt == nil, run == nil, let newest, newest.id != source.attempt.id,
            newest.run != source.run?.id
        {
            Talk.warning(
                "attempt \(newest.id) ended before any row was read: \(newest.message ?? "it was killed or goes on") "
                    + "The letter is about attempt \(source.attempt.id).")
        }
        return source
    }

    private func writeAll(_ source: LetterSource, _ contracts: [FeedContract]) throws {
        guard let output else { return }
        try OutputFile.makeFolder(output)
        var departments: [String] = []
        for contract in contracts where !departments.contains(contract.department) {
            departments.append(contract.department)
        }
        for department in departments {
            let letter = letter(department, contracts.filter { $0.department == department }, source)
            guard letter.hasContent else { continue }
            let path = "\(output)/\(department.replacing("/", with: "_")).\(format.rawValue)"
            try OutputFile.write(path, encoding) { try letter.write(as: format, to: $0) }
            Talk.phase("\(path): \(grouped(letter.findings.all)) findings")
        }
    }
}

extension Letter.Language: ExpressibleByArgument {}
