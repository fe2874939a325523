import ArgumentParser
import Evaluation
import Foundation
import Results

struct PublishCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish a recorded run as notice (公示) or final list (定稿), for good.",
        discussion: """
            A published run carries its document (文号), is never overwritten and never pruned. A final list follows a notice \
            of the same data year, after its last day. What is published already is corrected by publishing another run \
            with --reason: a new version, kept beside the old one with what it changes. `mujun withdraw` withdraws a \
            notice. A run of an incomplete year cannot be published. Every publication is an entry of a chain; keep its \
            digest outside the store (`mujun verify --digest`). Verify the run first: `mujun verify RUN`.

            EXAMPLE
              mujun publish latest --stage notice --document 永亩均办〔2022〕3号 --until 2022-06-10
              mujun publish 7 --stage notice --document 永亩均办〔2022〕5号 --reason 更正两户企业用地面积
              mujun publish latest --stage final --document 永政发〔2022〕12号
            """)

    enum Stage: String, ExpressibleByArgument, CaseIterable { case notice, final }

    @OptionGroup var workspace: WorkspaceOption
    @Argument(help: ArgumentHelp("Number of the run, or latest, notice, 2021:notice …", valueName: "run"))
    var reference: RunReference
    @Option(help: "notice or final.") var stage: Stage
    @OptionGroup var document: PublicationDocument
    @Option(help: ArgumentHelp("Notice: its last day (公示期).", valueName: "date")) var until: DayArgument?
    @Option(help: "Correction: why (更正原因).") var reason: String?

    func validate() throws {
        if stage == .final, until != nil { throw ValidationError("--until belongs to a notice.") }
        try PublicationDocument.check(reason, "--reason")
    }

    func run() throws {
        try reportingFailures {
            let workspace = try workspace.open()
            let publisher = try Publisher(workspace)
            let run = try reference.find(in: publisher.store)
            if let latest = try publisher.store.latestRun(dataYear: run.dataYear), latest.id != run.id {
                Talk.warning("run \(latest.id) of \(run.dataYear) is newer than run \(run.id).")
            }
            let program = try ProgramIdentity.running(version: engineVersion)
            let publication = try publisher.append { store in
                try store.publish(
                    PublicationRequest(
                        run: run.id, action: stage == .notice ? .notice : .final,
                        document: document.document,
                        day: document.day, until: until?.day, reason: reason, program: program))
            }
            if !run.waivers.isEmpty { Talk.warning("豁免：\(run.waivers)") }
            let pending = try publisher.store.objections(run).count { $0.outcome == Objection.pending }
            if stage == .final, pending > 0 {
                Talk.warning("\(pending) objections (异议) are 待处理; see `mujun export objections`.")
            }
            try publisher.report(publication)
        }
    }
}

struct WithdrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Withdraw the notice (撤回公示) of a data year.",
        discussion: """
            The run and everything published stay; what people see is that the notice no longer counts, by which document \
            and why. Another notice may follow. A final list cannot be withdrawn, only corrected.

            EXAMPLE
              mujun withdraw 2021 --document 永亩均办〔2022〕4号 --reason 用地数据有误，重新核实
            """)

    @OptionGroup var workspace: WorkspaceOption
    @Argument(help: ArgumentHelp("Data year of the notice.", valueName: "year")) var year: Int
    @OptionGroup var document: PublicationDocument
    @Option(help: "Why (撤回原因).") var reason: String

    func validate() throws { try PublicationDocument.check(reason, "--reason") }

    func run() throws {
        try reportingFailures {
            let publisher = try Publisher(try workspace.open())
            let program = try ProgramIdentity.running(version: engineVersion)
            let publication = try publisher.append { store in
                try store.withdraw(
                    dataYear: year, document: document.document, reason: reason, day: document.day,
                    program: program)
            }
            try publisher.report(publication)
        }
    }
}

/// By which document, and when.
struct PublicationDocument: ParsableArguments {
    @Option(help: "The document (文号).") var document: String
    @Option(help: ArgumentHelp("Its day; today without it.", valueName: "date")) var date: DayArgument?

    var day: Day { date?.day ?? .today }

    func validate() throws {
        try PublicationDocument.check(document, "--document")
        // What follows may not be of an earlier day: a slip of the year would lock the data year.
        let today = Day.today
        if day > today { throw ValidationError("--date \(day) is after today, \(today).") }
    }

    /// - Throws: `ValidationError` for a text that says nothing, or cannot stand on one line.
    static func check(_ text: String?, _ option: String) throws {
        guard let text else { return }
        guard text.contains(where: { !$0.isWhitespace }) else { throw ValidationError("\(option) is empty.") }
        guard text.count <= 500, !text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 0x7F })
        else {
            throw ValidationError("\(option) must be one line of up to 500 characters.")
        }
    }
}

/// `2022-06-01`.
struct DayArgument: ExpressibleByArgument {
    let day: Day

    init?(argument: String) {
        guard let day = Day(argument) else { return nil }
        self.day = day
    }
}

extension Day {
    /// Today where the office is, by the clock of this machine.
    fileprivate static var today: Day {
        let seconds = Date.now.timeIntervalSince1970 + Double(TimeZone.current.secondsFromGMT())
        return Day(number: Int64((seconds / 86_400).rounded(.down)))
    }
}

/// Writes to the chain of publications and says what was written.
private struct Publisher: ~Copyable {
    let store: Store
    private let lock: RunLock

    init(_ workspace: Workspace) throws {
        let lock = try RunLock(store: workspace.store)
        // Only a run makes a store: where there is none, this says so.
        let path = workspace.store
        store = try Store(
            opening: path, for: FileManager.default.fileExists(atPath: path) ? .writing : .reading)
        self.lock = lock
    }

    borrowing func append(_ body: (Store) throws -> Publication) throws -> Publication {
        do { return try body(store) } catch let refusal as PublicationRefusal {
            throw Failure.refused("nothing is published: \(refusal.message)")
        }
    }

    borrowing func report(_ publication: Publication) throws {
        try StandardOutput.print(
            """
            \(publication.dataYear) \(publication.title) · run \(publication.run)
            \(publication.about)
            结果摘要 result digest   \(publication.resultDigest)
            发布摘要 entry \(publication.number), digest  \(publication.digest)
            """)
        let limit = 20
        let (firms, shown) = try store.changes(of: publication, limit: limit)
        if publication.action != .withdrawn, publication.follows != nil {
            try StandardOutput.print("")
            try StandardOutput.print(ChangesText(firms: firms, shown: shown, limit: limit).text)
        }
    }
}

/// What a publication changes against the one before, for people.
struct ChangesText {
    let firms: Int
    let shown: [PublicationChange]
    /// How many firms are shown.
    let limit: Int

    var text: String {
        guard firms > 0 else { return "与上次发布相比：无变化" }
        var table = Table([
            ("与上次发布相比", .left), ("统一社会信用代码", .left), ("", .left), ("原", .left), ("", .left), ("新", .left),
        ])
        for change in shown {
            table.add([
                change.name, change.code, label(change), value(change, change.old), "→",
                value(change, change.new),
            ])
        }
        return table.text + "\n\(grouped(firms)) firms change"
            + (firms > limit ? ", \(limit) shown; all are in the table publication_change" : "")
    }

    private func label(_ change: PublicationChange) -> String {
        let label = PublicationChange.label(of: change.item)
        return label == change.item ? change.itemLabel : label
    }

    private func value(_ change: PublicationChange, _ value: String?) -> String {
        change.item.hasPrefix("list:") ? (value == nil ? "未列入" : "列入") : value ?? "—"
    }
}
