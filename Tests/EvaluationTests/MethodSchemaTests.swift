import Foundation
import Intake
import Testing

@testable import Evaluation

/// `Schemas/method.schema.json`, by which editors complete and check method files, knows the keys and words that the
/// reader knows.
@Suite struct MethodSchemaTests {
    private let schema: [String: Any]

    init() throws {
        let file = Shipped.root.appending(path: "Schemas/method.schema.json")
        schema = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    }

    /// An unknown key in any mapping of a method is answered with the keys that there are: those of the schema.
    @Test func keys() throws {
        let base = try MethodFile.parse(Shipped.testFile("Mistakes/base.yaml"))
        var places: Set<String> = []
        for changed in base.withEachMapping({ $0 + [(SourceNode.word("zzzzzzzz"), .word("1"))] }) {
            for problem in Checker(changed, contracts: Shipped.contracts).problems {
                let parts = problem.message.split(separator: "’ has no key ‘zzzzzzzz’; it has ")
                guard parts.count == 2 else { continue }
                let path = String(parts[0].dropFirst())
                let known = Set(parts[1].split(separator: ", ").map(String.init))
                let forms = keys(at: path)
                // Of two forms the reader names the keys of one, and what it asked for to tell them apart.
                #expect(forms.contains { $0.isSubset(of: known) }, "\(path)")
                #expect(known.isSubset(of: forms.reduce([]) { $0.union($1) }), "\(path)")
                places.insert(path)
            }
        }
        #expect(
            places.isSuperset(of: [
                "method", "measures.tax", "tiers", "cohorts.above.points", "sources.rules",
            ]))
        #expect(places.count >= 30)
    }

    /// What the schema requires, the reader misses.
    @Test func requiredKeys() throws {
        let base = try MethodFile.parse(Shipped.testFile("Mistakes/base.yaml"))
        func check(_ node: SourceNode, _ path: [String]) throws {
            guard case .mapping(let pairs) = node.content else { return }
            let required = forms(at: path).map { Set($0["required"] as? [String] ?? []) }
            for (key, value) in pairs {
                guard case .scalar(let word) = key.content else { continue }
                if required.allSatisfy({ $0.contains(word) }) {
                    let without = base.replacing(path) { $0.filter { !$0.key.isWord(word) } }
                    let problems = Checker(without, contracts: Shipped.contracts).problems
                    #expect(problems.contains { $0.severity == .error }, "\(path).\(word)")
                }
                try check(value, path + [word])
            }
        }
        try check(base, [])
    }

    @Test func words() {
        func words(_ path: String, _ key: String) -> [String]? {
            let forms = forms(at: path.split(separator: ".").map(String.init))
            let properties = forms.compactMap { $0["properties"] as? [String: Any] }
            let property = properties.compactMap { $0[key] as? [String: Any] }.first
            return property.flatMap { resolved($0)["enum"] as? [String] }
        }
        #expect(words("measures.tax", "rounding") == Rounding.allCases.map(\.rawValue))
        #expect(words("scope.gone", "class") == State.AccountingClass.allCases.map(\.rawValue))
        #expect(words("tiers", "ties") == Ranking.Ties.allCases.map(\.rawValue))
        #expect(words("", "cohort_choice") == CohortChoice.allCases.map(\.rawValue))
        #expect(words("tiers", "ranks") == Ranking.Numbering.allCases.map(\.rawValue))
        #expect(words("tiers", "bound") == Ranking.Bound.allCases.map(\.rawValue))
        #expect(words("tiers", "round") == Ranking.QuotaRounding.allCases.map(\.rawValue))
        #expect(words("lists.elimination", "audience") == ListRule.Audience.allCases.map(\.rawValue))
    }

    // MARK: The schema

    /// The keys of each form that the mapping may take.
    private func keys(at path: String) -> [Set<String>] {
        let parts = path == "method" ? [] : path.split(separator: ".").map(String.init)
        return forms(at: parts).map { Set(($0["properties"] as? [String: Any] ?? [:]).keys) }
    }

    /// What the schema says of the mapping at a path of keys: the forms that it may take.
    private func forms(at path: [String]) -> [[String: Any]] {
        var found = [schema]
        for key in path {
            found = found.compactMap { form in
                let properties = form["properties"] as? [String: Any] ?? [:]
                return (properties[key] ?? form["additionalProperties"]) as? [String: Any]
            }
            found = found.prefix(1).flatMap { part in
                let part = resolved(part)
                return (part["oneOf"] as? [[String: Any]]).flatMap { forms in
                    forms.allSatisfy { $0["properties"] != nil } ? forms : nil
                } ?? [part]
            }
        }
        return found
    }

    private func resolved(_ part: [String: Any]) -> [String: Any] {
        guard let reference = part["$ref"] as? String,
            let definition = (schema["$defs"] as? [String: Any])?[String(reference.dropFirst(8))]
        else { return part }
        return definition as? [String: Any] ?? part
    }
}

extension SourceNode {
    fileprivate static func word(_ text: String) -> SourceNode {
        SourceNode(.scalar(text), place: SourcePlace(line: 1, column: 1))
    }

    fileprivate func isWord(_ word: String) -> Bool {
        if case .scalar(word) = content { true } else { false }
    }

    /// The tree as often as it has mappings, each time with another one changed.
    fileprivate func withEachMapping(
        _ change: ([(key: SourceNode, value: SourceNode)]) -> [(key: SourceNode, value: SourceNode)]
    ) -> [SourceNode] {
        guard case .mapping(let pairs) = content else { return [] }
        var found = [SourceNode(.mapping(change(pairs)), place: place)]
        for index in pairs.indices {
            for value in pairs[index].value.withEachMapping(change) {
                var pairs = pairs
                pairs[index].value = value
                found.append(SourceNode(.mapping(pairs), place: place))
            }
        }
        return found
    }

    /// The tree with the mapping at a path changed.
    fileprivate func replacing(
        _ path: [String],
        _ change: ([(key: SourceNode, value: SourceNode)]) -> [(key: SourceNode, value: SourceNode)]
    ) -> SourceNode {
        guard case .mapping(var pairs) = content else { return self }
        guard let first = path.first else { return SourceNode(.mapping(change(pairs)), place: place) }
        for index in pairs.indices where pairs[index].key.isWord(first) {
            pairs[index].value = pairs[index].value.replacing(Array(path.dropFirst()), change)
        }
        return SourceNode(.mapping(pairs), place: place)
    }
}
