package import Evaluation

/// A method as files: the one that was asked for, and those that it is based on.
package struct MethodSource: Sendable {
    package struct File: Sendable {
        /// As messages call it.
        package let name: String
        package let text: String
    }

    /// How many files may stand behind a method.
    static let maxBases = 8

    /// The file that was asked for first, then the one that it is based on, and so on: ``SourcePlace/file`` counts them.
    package let files: [File]
    /// The complete method, with the places of all files.
    package let root: SourceNode
    /// The complete method as one text: that of the file, where it is based on nothing.
    package let text: String

    /// A text that is complete by itself.
    package init(text: String, name: String) throws(IntakeError) {
        self.init(files: [File(name: name, text: text)], root: try MethodFile.parse(text), text: text)
    }

    private init(files: [File], root: SourceNode, text: String) {
        self.files = files
        self.root = root
        self.text = text
    }

    /// Reads a method file and everything that it is based on (`based_on`), and lays the one over the other.
    ///
    /// Throws like ``MethodFile/read(path:)``, and `refused` with the place of `based_on` or `remove` when the base
    /// lies outside the folder, when there are more than 8, when they go in a circle, and when something is to be
    /// removed that is not there.
    package static func read(path: String) throws(IntakeError) -> MethodSource {
        var overlays: [Overlay] = [try Overlay(path: path, file: 0)]
        while let last = overlays.last, let base = last.base {
            let next = try last.path(of: base)
            let chain = overlays.map(\.path) + [next]
            guard !overlays.contains(where: { $0.path == next }) else {
                throw last.refused(
                    "the methods are based on each other in a circle: \(chain.joined(separator: " → "))", base
                )
            }
            guard overlays.count <= maxBases else {
                throw last.refused(
                    "more than \(maxBases) methods stand behind each other: \(chain.joined(separator: " → ")); print one of them with ‘mujun method print’, and base this one on the print",
                    base)
            }
            do {
                overlays.append(try Overlay(path: next, file: overlays.count))
            } catch {
                guard error.kind == .unreadable else { throw error }
                throw IntakeError(
                    .unreadable, "\(error.message) \(last.path) is based on it (line \(base.place.line)).")
            }
        }
        let files = overlays.map { File(name: $0.path, text: $0.text) }
        guard overlays.count > 1, var root = overlays.last?.content else {
            return MethodSource(files: files, root: overlays[0].content, text: overlays[0].text)
        }
        for overlay in overlays.dropLast().reversed() { root = try overlay.laid(over: root) }
        return MethodSource(files: files, root: root, text: try text(of: root, overlays))
    }

    private static func text(of root: SourceNode, _ overlays: [Overlay]) throws(IntakeError) -> String {
        let names = overlays.compactMap { $0.base?.name }
        let text = "# Complete, with what it was based on: \(names.joined(separator: ", ")).\n" + root.yaml
        // What is stored must be read as what was checked.
        do throws(IntakeError) {
            guard try MethodFile.parse(text).yaml == root.yaml else {
                throw IntakeError.refused("1:1: a text of it cannot be written down")
            }
        } catch {
            throw .refused(
                "\(overlays[0].path): with what it is based on, the method is refused: \(error.message)")
        }
        return text
    }
}
