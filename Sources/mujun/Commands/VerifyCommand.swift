import ArgumentParser
import Evaluation
import Foundation
import Results

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Prove that what the store holds follows from the archived inputs under the stored method.",
        discussion: """
            Reads the archived files of a run again, checks their digests, evaluates the method that the store keeps, and \
            compares every row and cell that the run has in the store. Then walks the chain of publications: each entry \
            holds the digest of the one before. Without a run: every published run, or the latest when none is \
            published; --all: every run.

            Who owns the file can make all of it anew. What was printed or signed outside tells: give a digest that was \
            published with --digest, or a statement (`mujun export statement`) with --statement.

            EXIT CODES
              0   everything is as it was recorded and published
              1   something differs; what, is said to the cell
              65  this version cannot compute the run again, or the archive holds other bytes; why, is said
              74  the store, or a file of the archive, cannot be read

            EXAMPLE
              mujun verify
              mujun verify 2021:final --digest 5f1c…
              mujun verify --all
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup var workspace: WorkspaceOption
    @Argument(help: ArgumentHelp("Number of the run, or latest, notice, 2021:final …", valueName: "run"))
    var reference: RunReference?
    @Flag(help: "Every run, drafts too.") var all = false
    @Option(
        help: ArgumentHelp("A digest that was published: of the results or of an entry.", valueName: "digest")
    )
    var digest: [String] = []
    @Option(help: ArgumentHelp("A statement that was published.", valueName: "file"))
    var statement: [String] = []
    @Option(help: "text or json.") var format = Format.text

    func validate() throws {
        if all, reference != nil { throw ValidationError("Give a run or --all, not both.") }
        for digest in digest {
            let isDigest = digest.utf8.count == 64 && digest.allSatisfy { $0.isASCII && $0.isHexDigit }
            guard isDigest else { throw ValidationError("--digest \(digest) must be 64 hexadecimal digits.") }
        }
    }

    func run() throws {
        try reportingFailures {
            let workspace = try workspace.open()
            let store = try Store(opening: workspace.store, for: .reading)
            let anchors =
                digest.map { PublishedAnchor(digest: $0) }
                + (try statement.flatMap { try StatementFile(path: $0).anchors })
            var report = VerificationReport()
            report.definitions = try store.verifyDefinitions()
            for run in report.definitions.isUnreadable ? [] : try runs(store) {
                do {
                    let again = try RunAgain(run, store, archive: workspace.archive)
                    if format == .text { try StandardOutput.print(VerificationText(again: again).text) }
                    report.add(again)
                } catch {
                    let failure = Failure(error)
                    Talk.error(
                        "run \(run.id) cannot be verified: \(failure.message)", exitCode: failure.exitCode)
                    report.add(run, failure)
                }
                Memory.giveBack()
            }
            if !report.definitions.isUnreadable { report.chain = try store.verifyChain(anchors) }
            if format == .text {
                try StandardOutput.print(report.storeText)
            } else {
                try StandardOutput.write(json: report)
            }
            if report.exitCode != 0 { throw ExitCode(report.exitCode) }
        }
    }

    private func runs(_ store: Store) throws -> [RunSummary] {
        if let reference { return [try reference.find(in: store)] }
        let runs = try store.runs().reversed()
        if all { return Array(runs) }
        let published = runs.filter { $0.publication != nil }
        return try published.isEmpty ? [RunReference.latest.find(in: store)] : published
    }
}

/// All that was verified, for programs and the exit code.
struct VerificationReport: Encodable {
    struct Run: Encodable {
        let run: Int64
        let dataYear: Int
        let stage: String
        /// `equal`, `differs` or `failed`.
        let outcome: String
        let madeBy: String
        let resultDigest: String
        let tables: [Table]
        let differences: [Difference]
        /// Why it could not be verified.
        let message: String?
    }

    struct Table: Encodable {
        let name: String
        let rows: Int
        let cells: Int
        let missing: Int
        let extra: Int
    }

    struct Difference: Encodable {
        let table: String
        let code: String
        let row: String
        let column: String?
        let stored: String?
        let computed: String?
    }

    private let format = "mujun-verification/1"
    private let verifiedBy = engineVersion
    private var runs: [Run] = []
    private var publications = 0
    private var head: String?
    private var chainProblems: [String] = []
    private var definitionProblems: [String] = []
    private var failures: [Int32] = []

    private enum CodingKeys: CodingKey {
        case format, verifiedBy, runs, publications, head, chainProblems, definitionProblems
    }

    var definitions = DefinitionVerification() {
        didSet { definitionProblems = definitions.problems }
    }

    var chain = ChainVerification() {
        didSet { (publications, head, chainProblems) = (chain.count, chain.head, chain.problems) }
    }

    mutating func add(_ again: RunAgain) {
        let found = again.verification
        runs.append(
            Run(
                run: again.run.id, dataYear: again.run.dataYear, stage: again.run.stage,
                outcome: found.isEqual ? "equal" : "differs", madeBy: again.run.engineVersion,
                resultDigest: again.run.resultDigest,
                tables: found.tables.map {
                    Table(name: $0.name, rows: $0.rows, cells: $0.cells, missing: $0.missing, extra: $0.extra)
                },
                differences: found.differences.map {
                    Difference(
                        table: $0.table, code: $0.code, row: $0.key, column: $0.column, stored: $0.stored,
                        computed: $0.computed)
                }, message: nil))
    }

    mutating func add(_ run: RunSummary, _ failure: Failure) {
        failures.append(failure.exitCode)
        runs.append(
            Run(
                run: run.id, dataYear: run.dataYear, stage: run.stage, outcome: "failed",
                madeBy: run.engineVersion, resultDigest: run.resultDigest, tables: [], differences: [],
                message: failure.message))
    }

    /// 1 when something differs, otherwise that of the first failure.
    var exitCode: Int32 {
        if !definitionProblems.isEmpty || !chainProblems.isEmpty
            || runs.contains(where: { $0.outcome == "differs" })
        {
            return 1
        }
        return failures.first ?? 0
    }

    /// What is said after the runs.
    var storeText: String {
        let definitions =
            definitionProblems.isEmpty
            ? "" : "The store is not as this program makes it:\n" + indented(definitionProblems)
        if self.definitions.isUnreadable {
            return definitions
                + "\nNothing else was compared. Restore the store from a backup (Docs/operate.md), and verify that."
        }
        return [definitions, chainText].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var chainText: String {
        guard chainProblems.isEmpty else {
            return "The chain of publications is BROKEN:\n" + indented(chainProblems)
        }
        guard let head else { return "Nothing is published." }
        return
            "The chain of \(grouped(publications)) publication\(publications == 1 ? "" : "s") is whole; its last digest is \(head)"
    }

    private func indented(_ problems: [String]) -> String {
        problems.map { "  \($0)" }.joined(separator: "\n")
    }
}
