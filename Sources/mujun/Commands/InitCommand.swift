import ArgumentParser
import Foundation

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a workspace: settings, a method to edit, an inbox.",
        discussion: """
            The method is an illustrative one (永康, 2021 data); edit it or replace it. Deliveries go into the inbox, \
            one folder each, with a datapackage.json.

            EXAMPLE
              mujun init yongkang
            """)

    @Argument(help: ArgumentHelp("Folder to make; new or empty.", valueName: "folder"))
    var folder: String

    func run() throws {
        try reportingFailures {
            let files = FileManager.default
            if files.fileExists(atPath: folder),
                (try? files.contentsOfDirectory(atPath: folder))?.isEmpty != true
            {
                throw Failure.cannotWrite(
                    "\(folder) exists and is not an empty folder; give a new one or empty it.")
            }
            do {
                for name in ["inbox", "archive"] {
                    try files.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
                }
                try Data(Self.settings.utf8).write(
                    to: URL(fileURLWithPath: "\(folder)/\(Workspace.fileName)"))
                try Data(PackageResources.method_yaml).write(
                    to: URL(fileURLWithPath: "\(folder)/method.yaml"))
            } catch {
                throw Failure.cannotWrite(
                    "\(folder) cannot be written: \(error.localizedDescription) Check the permissions and free space."
                )
            }
            try StandardOutput.print(
                """
                Made \(folder):
                  mujun.yaml    settings
                  method.yaml   the method (illustrative: edit it)
                  inbox/        put deliveries here, one folder each
                Then: mujun check --workspace \(folder), and mujun run --workspace \(folder)
                """)
        }
    }

    private static let settings = """
        # Settings of this workspace. Paths are relative to this file, or absolute.
        mujun: \(Workspace.format)
        county: 永康市            # for headings
        method: method.yaml       # 评价办法
        inbox: inbox              # deliveries of the departments, one folder each
        archive: archive          # delivered files that runs have used, kept unchanged
        store: mujun.sqlite       # results
        drafts_kept: 3            # drafts of a data year that the store keeps

        """
}
