/// Why something that comes in could not be taken in: what is wrong, where, and what to do about it.
package struct IntakeError: Error, Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// What was delivered, or the method file, is refused (exit code 65).
        case refused
        /// A file cannot be read (exit code 74).
        case unreadable
        /// A file cannot be written (exit code 73).
        case unwritable
    }

    package let kind: Kind
    /// One or more sentences with place and remedy.
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    @inline(never)
    static func refused(_ message: String) -> IntakeError { IntakeError(.refused, message) }

    /// Throws all of them as one error, a sentence on each line, so that everything can be mended in one go.
    static func throwAll(_ problems: [IntakeError]) throws(IntakeError) {
        let shown = 50
        guard let first = problems.first else { return }
        let more =
            problems.count > shown ? ["There are \(problems.count - shown) more problems like these."] : []
        throw IntakeError(
            first.kind, (problems.prefix(shown).map(\.message) + more).joined(separator: "\n"))
    }

    @inline(never)
    static func unreadable(_ path: String, _ reason: String) -> IntakeError {
        IntakeError(.unreadable, "\(path): \(reason). Check that the file exists and may be read.")
    }

    /// The system cannot convert GB18030.
    static var withoutConverter: IntakeError {
        IntakeError(
            .unreadable,
            "This system cannot convert GB18030: iconv_open fails. Install its converters (part of libc6, or the package "
                + "libc6-gconv-modules-extra), or ask for deliveries in UTF-8.")
    }

    @inline(never)
    static func unwritable(_ path: String, _ reason: String) -> IntakeError {
        IntakeError(
            .unwritable, "\(path): \(reason). Check the free space and the permissions of the folder.")
    }
}

extension IntakeError: CustomStringConvertible {
    package var description: String { message }
}
