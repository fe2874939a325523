import ArgumentParser

struct WorkspaceOption: ParsableArguments {
    @Option(
        name: [.customLong("workspace"), .customShort("w")],
        help: ArgumentHelp("Folder with mujun.yaml.", valueName: "folder"))
    var folder = "."

    func open() throws -> Workspace {
        var folder = folder
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        return try Workspace(folder: folder)
    }
}
