import Foundation

/// The built executable, run as a user runs it.
struct Executable {
    struct Outcome {
        let exitCode: Int32
        let output: String
        let errors: String
    }

    static let path: String = {
        // The test bundle lies beside the products of the same build.
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return bundle.appendingPathComponent("mujun").path
    }()

    static func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

    static func run(_ arguments: [String]) throws -> Outcome {
        let process = try Running(path, arguments)
        return process.wait()
    }

    /// A line of shell, with `$MUJUN` standing for the executable.
    static func shell(_ script: String) throws -> Outcome {
        try Running("/bin/bash", ["-c", "MUJUN='\(path)'\n\(script)"]).wait()
    }
}

/// A process that goes on.
final class Running {
    let process = Process()
    private let output = URL.temporaryDirectory.appendingPathComponent("mujun-test-\(UUID().uuidString).out")
    private let errors = URL.temporaryDirectory.appendingPathComponent("mujun-test-\(UUID().uuidString).err")

    init(_ path: String, _ arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        // Files rather than pipes: a pipe that nobody empties stops the process.
        for file in [output, errors] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
    }

    func wait() -> Executable.Outcome {
        process.waitUntilExit()
        func text(_ file: URL) -> String {
            String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
        }
        let code = process.terminationStatus
        return Executable.Outcome(
            exitCode: process.terminationReason == .exit ? code : 128 + code, output: text(output),
            errors: text(errors))
    }

    deinit { for file in [output, errors] { try? FileManager.default.removeItem(at: file) } }
}
