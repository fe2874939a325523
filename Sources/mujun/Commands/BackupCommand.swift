import ArgumentParser
import Foundation
import Results

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the store into one file, also while a run is recorded.",
        discussion: """
            The copy holds what the store held at one moment, is checked by SQLite, and appears under its name only when \
            it is complete and on disk. It needs no other file beside it. Nothing is overwritten. The archive of deliveries \
            is copied with any tool, after the store; Docs/operate.md shows both, and how to restore.

            EXAMPLE
              mujun backup /backup/yongkang-2022-05-31.sqlite

            EXIT CODES
              0   copied
              73  the copy cannot be written, or its name is taken
              74  there is no store, it cannot be read, or it is damaged
            """)

    @OptionGroup var workspace: WorkspaceOption
    @Argument(help: ArgumentHelp("File to make; a name that is not taken.", valueName: "file"))
    var target: String

    func run() throws {
        try reportingFailures {
            let workspace = try workspace.open()
            try Store(opening: workspace.store, for: .reading).backup(to: target)
            let copy = try Store(opening: target, for: .reading)
            let runs = try copy.runs()
            let bytes = try FileManager.default.attributesOfItem(atPath: target)[.size] as? Int ?? 0
            try StandardOutput.print(
                "\(target): \(megabytes(bytes)), \(runs.count) runs, checked"
                    + (runs.first.map { "; the latest is run \($0.id), result digest \($0.resultDigest)" }
                        ?? ""))
        }
    }
}
