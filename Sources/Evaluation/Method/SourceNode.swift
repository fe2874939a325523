/// A method file as a tree of texts with their places: what is left of YAML once it is read.
///
/// Numbers stay text, so that 0.0302 never passes through a floating-point type.
package struct SourceNode: Sendable {
    /// A single text, a list, or keys with values.
    package indirect enum Content: Sendable {
        case scalar(String)
        case sequence([SourceNode])
        /// In the order of the file; keys are not yet checked for repetition.
        case mapping([(key: SourceNode, value: SourceNode)])
    }

    /// A piece of a scalar that stands on one line of the file as it is.
    package struct Line: Sendable, Hashable {
        /// Characters of the scalar before it.
        package let offset: Int
        package let place: SourcePlace

        package init(offset: Int, place: SourcePlace) {
            self.offset = offset
            self.place = place
        }
    }

    package let content: Content
    package let place: SourcePlace
    /// Where the scalar's characters stand, in ascending order; empty where that cannot be told (escapes).
    package let lines: [Line]

    package init(_ content: Content, place: SourcePlace, lines: [Line] = []) {
        self.content = content
        self.place = place
        self.lines = lines
    }
}

extension SourceNode {
    /// The single value that is expected here; `path` is how messages call it.
    func text(_ path: String, _ problems: inout [MethodProblem]) -> MethodDocument.Text? {
        guard case .scalar(let text) = content else {
            problems.append(MethodProblem(at: place, "‘\(path)’ must be a single value"))
            return nil
        }
        return MethodDocument.Text(text, of: self)
    }

    /// A list of values; one value stands for a list of one.
    func texts(_ path: String, _ problems: inout [MethodProblem]) -> [MethodDocument.Text] {
        switch content {
        case .scalar: return text(path, &problems).map { [$0] } ?? []
        case .sequence(let items): return items.compactMap { $0.text(path, &problems) }
        case .mapping:
            problems.append(MethodProblem(at: place, "‘\(path)’ must be a list"))
            return []
        }
    }
}
