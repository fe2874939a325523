import Evaluation
import Foundation
import Intake

/// A folder with everything of one county, described by its `mujun.yaml`. Paths are absolute, or relative to it.
struct Workspace: Sendable {
    static let fileName = "mujun.yaml"
    static let format = "workspace/1"

    /// 永康市: for headings.
    let county: String
    let method: String
    let inbox: String
    let archive: String
    let store: String
    /// How many drafts of a data year the store keeps.
    let draftsKept: Int
    /// Findings that do not count towards the thresholds of their feeds (豁免).
    let waivers: [Waiver]
    /// Who publishes, and where objections go.
    let notice: NoticeSettings

    /// - Throws: ``Failure`` or `IntakeError` when the file is missing, malformed, or holds what nobody knows.
    init(folder: String) throws {
        let file = "\(folder)/\(Workspace.fileName)"
        guard FileManager.default.fileExists(atPath: file) else {
            throw Failure(
                message:
                    "\(folder) is no workspace: it has no \(Workspace.fileName). Make one with `mujun init`, or name one "
                    + "with --workspace.", exitCode: 74)
        }
        var (values, lists) = try Workspace.values(file)
        func take(_ key: String) throws -> String {
            guard let text = values.removeValue(forKey: key)?.text, !text.isEmpty else {
                throw Failure.refused(
                    "\(file): the key `\(key)` is missing. Compare with a new `mujun init`.")
            }
            return text
        }
        func place(_ text: String) -> String {
            text.hasPrefix("/") ? text : folder == "." ? text : "\(folder)/\(text)"
        }
        func path(_ key: String) throws -> String { place(try take(key)) }
        let format = try take("mujun")
        guard format == Workspace.format else {
            throw Failure.refused(
                "\(file): `mujun: \(format)` is not known; this program reads `mujun: \(Workspace.format)`.")
        }
        county = try take("county")
        method = try path("method")
        inbox = try path("inbox")
        archive = try path("archive")
        store = try path("store")
        let drafts = try take("drafts_kept")
        guard let count = Int(drafts), (1...1000).contains(count) else {
            throw Failure.refused(
                "\(file): `drafts_kept: \(drafts)` must be a whole number from 1 to 1000.")
        }
        draftsKept = count
        waivers = try lists.removeValue(forKey: "waivers").map { try WaiverReader(file).read($0) } ?? []
        notice =
            try lists.removeValue(forKey: "notice").map { try NoticeSettings($0, file, path: place) }
            ?? NoticeSettings()
        if let list = lists.values.min(by: { $0.place.line < $1.place.line }) {
            throw Failure.refused("\(file):\(list.place.line): must be `key: value`, both on this line.")
        }
        if let unknown = values.min(by: { $0.value.line < $1.value.line }) {
            throw Failure.refused(
                "\(file):\(unknown.value.line): the key `\(unknown.key)` is not known. Known keys: mujun, county, "
                    + "method, inbox, archive, store, drafts_kept, waivers, notice.")
        }
    }

    private static func values(
        _ file: String
    ) throws -> (texts: [String: (text: String, line: Int)], lists: [String: SourceNode]) {
        guard case .mapping(let pairs) = try MethodFile.read(path: file).root.content else {
            throw Failure.refused("\(file): must be lines of `key: value`.")
        }
        var values: [String: (text: String, line: Int)] = [:]
        var lists: [String: SourceNode] = [:]
        for pair in pairs {
            guard case .scalar(let key) = pair.key.content else {
                throw Failure.refused(
                    "\(file):\(pair.key.place.line): must be `key: value`, both on this line.")
            }
            guard case .scalar(let text) = pair.value.content else {
                lists[key] = pair.value
                continue
            }
            values[key] = (text, pair.key.place.line)
        }
        return (values, lists)
    }
}
