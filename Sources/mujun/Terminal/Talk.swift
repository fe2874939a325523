import Foundation
import Logging
import Synchronization

/// What is said to the operator, on stderr; data goes to stdout.
enum Talk {
    private static let logger = Logger(label: "mujun") { _ in StandardError() }

    static func phase(_ message: String) { logger.info("\(message)") }
    static func warning(_ message: String) { logger.warning("\(message)") }
    static func error(_ message: String) { logger.error("\(message)") }
}

/// A running count: one line that is written over on a terminal, nothing elsewhere.
final class Progress: Sendable {
    private let label: String
    private let total: Int
    private let done = Mutex(0)
    private let isShown = isatty(2) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

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
