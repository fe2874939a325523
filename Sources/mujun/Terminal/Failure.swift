import ArgumentParser
import Evaluation
import Intake
import Results

/// Why a command ends without doing what it was asked for.
struct Failure: Error {
    /// One or more sentences with place and remedy.
    let message: String
    let exitCode: Int32
    /// What was found in the feeds before they were refused.
    var reading: Reading?

    static func usage(_ message: String) -> Failure { Failure(message: message, exitCode: 64) }
    static func refused(_ message: String, reading: Reading? = nil) -> Failure {
        Failure(message: message, exitCode: 65, reading: reading)
    }
    static func cannotWrite(_ message: String) -> Failure { Failure(message: message, exitCode: 73) }

    init(message: String, exitCode: Int32, reading: Reading? = nil) {
        self.message = message
        self.exitCode = exitCode
        self.reading = reading
    }

    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as IntakeError:
            let code: Int32 =
                switch error.kind {
                case .refused: 65
                case .unwritable: 73
                case .unreadable: 74
                }
            self.init(message: error.message, exitCode: code)
        case let error as StoreError: self.init(message: error.description, exitCode: error.exitCode)
        case let error as EvaluationError: self.init(message: error.message, exitCode: 65)
        default: self.init(message: "\(error)", exitCode: 70)
        }
    }
}

/// Runs the body of a command; what it throws is said on stderr and becomes the exit code.
func reportingFailures(_ body: () throws -> Void) throws {
    do {
        try body()
    } catch {
        // ArgumentParser's own errors, such as those of validation.
        if error is ExitCode || error is ValidationError || error is CleanExit { throw error }
        let failure = Failure(error)
        Talk.error(failure.message, exitCode: failure.exitCode)
        throw ExitCode(failure.exitCode)
    }
}
