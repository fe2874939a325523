import Foundation
import Logging
import Synchronization

/// What is said to the operator, on stderr; data goes to stdout.
enum Talk {
    /// Whether programs read what is said: one JSON object a line.
    fileprivate static let isJSON = ProcessInfo.processInfo.environment["MUJUN_LOG"] == "json"
    private static let logger = Logger(label: "mujun") { _ in
        if isJSON { JSONLines() } else { StandardError() }
    }

    static func phase(_ message: String) { logger.info("\(message)") }
    static func warning(_ message: String) { logger.warning("\(message)") }
    static func error(_ message: String, exitCode: Int32) {
        logger.error("\(message)", metadata: ["exit_code": "\(exitCode)"])
    }
}

/// A running count: one line that is written over on a terminal, nothing elsewhere.
final class Progress: Sendable {
    private let label: String
    private let total: Int
    private let done = Mutex(0)
    private let isShown =
        !Talk.isJSON && isatty(2) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

    init(_ label: String, total: Int) {
        self.label = label
        self.total = total
    }

    func step() {
        guard isShown else { return }
        done.withLock { done in
            done += 1
            let bar = String(repeating: "█", count: done * 24 / max(1, total))
                .padding(toLength: 24, withPad: "·", startingAt: 0)
            FileHandle.standardError.write(Data("\r\u{1B}[K\(label) \(bar) \(done)/\(total)".utf8))
        }
    }

    func end() {
        if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }
}

/// `mujun: …` for people, with the level where it matters. A scheduler adds the time.
private struct StandardError: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let level = event.level >= .error ? "error: " : event.level == .warning ? "warning: " : ""
        let text = StandardOutput.visible("\(event.message)")
        FileHandle.standardError.write(Data("mujun: \(level)\(text)\n".utf8))
    }
}

/// One JSON object a line: `{"level":"info","message":"…","time":"2022-05-31T02:00:07.123Z"}`; errors have an `exit_code`.
private struct JSONLines: LogHandler {
    private struct Line: Encodable {
        let time: String
        let level: String
        let message: String
        let exitCode: Int?
        let process: Int32
    }

    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = Line(
            time: Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)),
            level: event.level.rawValue, message: "\(event.message)",
            exitCode: event.metadata?["exit_code"].flatMap { Int("\($0)") }, process: getpid())
        guard let bytes = try? encoder.encode(line) else { return }
        FileHandle.standardError.write(bytes + Data("\n".utf8))
    }
}
