/// Where something stands in the method file. Lines and columns count from 1; columns count characters.
package struct SourcePlace: Sendable, Hashable, Comparable {
    /// 0 for the file itself, 1 for the method that it is based on, 2 for the one that this is based on.
    package let file: Int
    package let line: Int
    package let column: Int

    /// The file's first character: where something stands that the file lacks.
    static let start = SourcePlace(line: 1, column: 1)

    package init(line: Int, column: Int, file: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `line 12`, for a message that stands at another place.
    func mention(from other: SourcePlace) -> String {
        switch file {
        case other.file: "line \(line)"
        case ..<other.file: "line \(line) of the method that is based on this one"
        default: "line \(line) of the method that this one is based on"
        }
    }

    /// Earlier in the file; what a file is based on comes after it.
    package static func < (a: SourcePlace, b: SourcePlace) -> Bool {
        guard a.file == b.file else { return a.file < b.file }
        return a.line != b.line ? a.line < b.line : a.column < b.column
    }
}

/// Something wrong in a method file, for the person who edits it.
package struct MethodProblem: Sendable, Equatable {
    /// An error refuses the method; a warning does not.
    package enum Severity: String, Sendable { case error, warning }

    package let severity: Severity
    package let place: SourcePlace
    /// How many characters the caret underlines; at least 1.
    package let length: Int
    /// What is wrong, and what to do.
    package let message: String

    package init(_ severity: Severity = .error, at place: SourcePlace, length: Int = 1, _ message: String) {
        self.severity = severity
        self.place = place
        self.length = max(1, length)
        self.message = message
    }
}
