import Intake
import Testing

@testable import Evaluation

/// A method of which something is deleted is still right, or something is said about it.
@Suite struct DeletionTests {
    @Test(arguments: Shipped.methods)
    func anyLine(_ name: String) throws {
        let lines = try Shipped.method(name).split(separator: "\n", omittingEmptySubsequences: false)
        for index in lines.indices {
            var rest = lines
            let deleted = rest.remove(at: index)
            // What is no YAML any more is refused by the reader.
            guard let root = try? MethodFile.parse(rest.joined(separator: "\n")) else { continue }
            expectGraphOrError(root, "\(name): line \(index + 1), \(deleted)")
        }
    }

    @Test(arguments: Shipped.methods)
    func anyKeyOrItem(_ name: String) throws {
        let root = try MethodFile.parse(try Shipped.method(name))
        for (path, rest) in DeletionTests.deletions(in: root) {
            expectGraphOrError(rest, "\(name): \(path)")
        }
    }

    /// Empty values are what a person leaves who deletes only what stands behind the colon.
    @Test(arguments: Shipped.methods)
    func anyValue(_ name: String) throws {
        let root = try MethodFile.parse(try Shipped.method(name))
        for (path, rest) in DeletionTests.deletions(in: root, replacement: "") {
            expectGraphOrError(rest, "\(name): \(path)")
        }
    }

    private func expectGraphOrError(_ root: SourceNode, _ what: String) {
        let checker = Checker(root, contracts: Shipped.contracts)
        let hasErrors = checker.problems.contains { $0.severity == .error }
        #expect((checker.graph == nil) == hasErrors, "\(what)")
    }

    /// The tree without each of its parts, or with a text in the part's place, each with the path of what is gone.
    private static func deletions(
        in node: SourceNode, replacement: String? = nil
    ) -> [(path: String, rest: SourceNode)] {
        var found: [(String, SourceNode)] = []
        switch node.content {
        case .scalar: break
        case .sequence(let items):
            for (index, item) in items.enumerated() {
                func with(_ new: SourceNode?) -> SourceNode {
                    var changed = items
                    changed.replaceSubrange(index...index, with: new.map { [$0] } ?? [])
                    return SourceNode(.sequence(changed), place: node.place)
                }
                found.append(
                    ("[\(index)]", with(replacement.map { SourceNode(.scalar($0), place: item.place) })))
                for inner in deletions(in: item, replacement: replacement) {
                    found.append(("[\(index)]\(inner.path)", with(inner.rest)))
                }
            }
        case .mapping(let pairs):
            for (index, pair) in pairs.enumerated() {
                func with(_ new: SourceNode?) -> SourceNode {
                    var changed = pairs
                    changed.replaceSubrange(index...index, with: new.map { [(pair.key, $0)] } ?? [])
                    return SourceNode(.mapping(changed), place: node.place)
                }
                let key = if case .scalar(let text) = pair.key.content { ".\(text)" } else { ".?" }
                found.append(
                    (key, with(replacement.map { SourceNode(.scalar($0), place: pair.value.place) })))
                for inner in deletions(in: pair.value, replacement: replacement) {
                    found.append((key + inner.path, with(inner.rest)))
                }
            }
        }
        return found
    }
}
