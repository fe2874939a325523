import ArgumentParser
import Evaluation
import Foundation
import Intake
import Results

struct NoticeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notice",
        abstract:
            "Write what is published of a run (公示材料): notice, lists, computation, objection form, digests.",
        discussion: """
            公告.html and 公告.txt: the notice, with basis, scope, period, where and how to object, and the lists; 名单-….csv: a \
            list for each cohort; 计算说明.html: how the score is computed, with this year's numbers; 异议申请表 for print and as \
            the feed 异议; 摘要.txt: digests of the results, the publication and the files. Nothing in them is above the \
            public (公开). A draft may be looked at: then every file says 草稿. Publish first, then write the notice. The \
            same run gives the same bytes.

            The wording is a template (Mustache; --template, or `notice: {template: …}` in mujun.yaml), one for page and \
            text: a line is a paragraph, `# ` the title, `## ` a heading. --show-template prints the one that is built in. \
            `notice: {office: …, contact: …}` says where objections go.

            EXAMPLE
              mujun notice 2021:notice --output 公示
              mujun notice latest --output draft
              mujun notice latest --show-template > notice.mustache
            """)

    @OptionGroup var workspace: WorkspaceOption
    @Argument(help: ArgumentHelp("Number of the run, or latest, notice, 2021:notice …", valueName: "run"))
    var reference: RunReference
    @Option(help: ArgumentHelp("Folder for the files.", valueName: "folder")) var output: String?
    @Option(help: ArgumentHelp("Wording of the notice.", valueName: "file")) var template: String?
    @Flag(help: "Print the built-in wording instead.") var showTemplate = false

    func validate() throws {
        if output == nil, !showTemplate { throw ValidationError("Name a folder with --output.") }
    }

    func run() throws {
        try reportingFailures {
            if showTemplate { return try StandardOutput.print(NoticeTemplate.shippedText) }
            guard let output else { return }
            let workspace = try workspace.open()
            let store = try Store(opening: workspace.store, for: .reading)
            let run = try reference.find(in: store)
            guard let text = try store.methodText(run) else {
                throw Failure(message: "the store does not hold the method of run \(run.id).", exitCode: 74)
            }
            let settings = workspace.notice
            let template = try wording(template ?? settings.template)
            if run.publication == nil {
                Talk.warning(
                    "run \(run.id) is a draft: every file says 草稿. Publish it first with `mujun publish`.")
            }
            if settings.contact.isEmpty {
                Talk.warning(
                    "the notice does not say where to object: add `notice: {office: …, contact: …}` to \(Workspace.fileName)."
                )
            }
            let package = NoticePackage(
                store, run, try Method(stored: text).graph,
                NoticeAbout(county: workspace.county, office: settings.office, contact: settings.contact),
                template)
            try OutputFile.makeFolder(output)
            var files: Set<String> = []
            try package.write { name, body in
                try OutputFile.write("\(output)/\(name)") { try body($0) }
                files.insert(name)
            }
            let others = Set(try FileManager.default.contentsOfDirectory(atPath: output)).subtracting(files)
            if !others.isEmpty {
                Talk.warning(
                    "not of this package, and in no digest of it: \(others.sorted().joined(separator: ", ")). Give each package "
                        + "a folder of its own.")
            }
            Talk.phase("\(output): \(files.count) files about run \(run.id) (\(run.stageLabel))")
        }
    }

    private func wording(_ file: String?) throws -> NoticeTemplate {
        do {
            guard let file else { return try NoticeTemplate.shipped() }
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Failure(
                    message: "\(file) cannot be read. Check the path and who may read it.", exitCode: 74)
            }
            guard data.count <= NoticeTemplate.mostBytes, let text = String(validating: data, as: UTF8.self)
            else {
                throw Failure.refused("\(file): a template is UTF-8 of at most 64 KB.")
            }
            return try NoticeTemplate(text.replacing("\r\n", with: "\n"), name: file)
        } catch let problem as NoticeProblem {
            throw Failure.refused(problem.message)
        }
    }
}
