/// Everything in which two methods differ.
///
/// Whether something differs is read from the lines of ``Graph/meaning``, so that there are differences exactly when
/// the meanings are not the same text; what is said of it comes from the graphs.
package struct MethodDifferences: Sendable {
    /// By kind, then in the order of the new file, then what only the old one has.
    package let differences: [MethodDifference]
    /// Titles, labels and sources, of what both have.
    package let wording: [WordingDifference]

    /// - Parameters:
    ///   - oldRoot, newRoot: the trees of the files, for the places of what graphs know no place of.
    package init(_ old: Graph, _ oldRoot: SourceNode, _ new: Graph, _ newRoot: SourceNode) {
        let renaming = Renaming(old, to: new)
        let differ = old.meaning != new.meaning
        let old = renaming.renamed
        let oldSide = MethodWords(old, oldRoot)
        let newSide = MethodWords(new, newRoot)
        let oldLines = MeaningLine.lines(of: old)
        let newLines = MeaningLine.lines(of: new)
        let oldTexts = Dictionary(oldLines.map { ($0.key, $0.text) }) { first, _ in first }
        let newTexts = Dictionary(newLines.map { ($0.key, $0.text) }) { first, _ in first }
        let onlyOld = oldLines.filter { newTexts[$0.key] == nil }
        var differences = renaming.differences
        for line in newLines + onlyOld where oldTexts[line.key] != newTexts[line.key] {
            let a = oldTexts[line.key].map { oldSide.words(of: line.key, text: $0) }
            let b = newTexts[line.key].map { newSide.words(of: line.key, text: $0) }
            differences.append(MethodDifferences.difference(line.key, a, b))
        }
        for kind in ["state", "cohort"] {
            let known = oldLines.map(\.key).filter { $0.kind == kind && newTexts[$0] != nil }
            let order = newLines.map(\.key).filter { $0.kind == kind && oldTexts[$0] != nil }
            let told: MethodDifference.Kind = kind == "state" ? .scope : .cohort
            let isTold = differences.contains { difference in
                difference.kind == told
                    && difference.aspects.contains { $0.name == MethodDifferences.orderAspect }
            }
            guard known != order, !isTold else { continue }
            differences.append(
                MethodDifference(
                    kind: kind == "state" ? .scope : .cohort, name: "", label: "先后次序",
                    aspects: [
                        .init(
                            name: "", old: .init(words: known.map(\.name).joined(separator: "、"), place: nil),
                            new: .init(words: order.map(\.name).joined(separator: "、"), place: nil))
                    ]))
        }
        differences = MethodDifferences.withoutRepetitions(differences)
        if differences.isEmpty, differ {
            differences.append(
                MethodDifference(
                    kind: .other, name: "", label: "先后次序",
                    aspects: [
                        .init(
                            name: "", old: .init(words: old.meaning, place: nil),
                            new: .init(words: new.meaning, place: nil))
                    ]))
        }
        let order = MethodDifference.Kind.allCases
        let places = newSide.places.merging(oldSide.places.mapValues { $0 + 1_000_000 }) { new, _ in new }
        self.differences = differences.enumerated().sorted { a, b in
            func key(_ item: (offset: Int, element: MethodDifference)) -> [Int] {
                [
                    order.firstIndex(of: item.element.kind) ?? 0, places[item.element.name] ?? 0,
                    item.offset,
                ]
            }
            return key(a).lexicographicallyPrecedes(key(b))
        }.map(\.element)
        wording = MethodDifferences.wording(old, new)
    }

    private static func difference(
        _ key: MeaningLine.Key, _ old: MethodWords.Thing?, _ new: MethodWords.Thing?
    ) -> MethodDifference {
        var aspects: [MethodDifference.Aspect] = []
        let names = (new?.facets ?? []).map(\.name) + (old?.facets ?? []).map(\.name)
        var seen: Set<String> = []
        for name in names where seen.insert(name).inserted {
            let a = old?.facets.first { $0.name == name }
            let b = new?.facets.first { $0.name == name }
            guard a?.meaning != b?.meaning else { continue }
            // Two names with one label read alike; their meaning does not.
            let readsAlike = a?.side.words == b?.side.words
            func side(_ facet: MethodWords.Facet?) -> MethodDifference.Side? {
                facet.map { readsAlike ? .init(words: $0.meaning, place: $0.side.place) : $0.side }
            }
            aspects.append(.init(name: name, old: side(a), new: side(b)))
        }
        if let order = orderAspect(old?.order ?? [], new?.order ?? [], old?.whole.place, new?.whole.place) {
            aspects.append(order)
        }
        if old == nil || new == nil {
            aspects = [.init(name: "", old: old?.whole, new: new?.whole)]
        } else if aspects.isEmpty {
            // No part by itself says it, but the whole does.
            let (a, b) = (old?.whole, new?.whole)
            let isSeen = a?.words != b?.words
            aspects = [
                .init(
                    name: "",
                    old: old.map { .init(words: isSeen ? $0.whole.words : $0.text, place: $0.whole.place) },
                    new: new.map { .init(words: isSeen ? $0.whole.words : $0.text, place: $0.whole.place) })
            ]
        }
        if old != nil, new != nil {
            // The thing itself is neither new nor gone.
            let nothing = MethodDifference.Side(words: "（无）", place: nil)
            if aspects.allSatisfy({ $0.old == nil }) || aspects.allSatisfy({ $0.new == nil }) {
                aspects = aspects.map { .init(name: $0.name, old: $0.old ?? nothing, new: $0.new ?? nothing) }
            }
        }
        let thing = new ?? old
        return MethodDifference(
            kind: thing?.kind ?? .other, name: key.name, label: thing?.label ?? key.name, aspects: aspects)
    }

    private static let orderAspect = "先后次序"

    /// In which order the choices of both are tried, where that is not the same.
    private static func orderAspect(
        _ old: [String], _ new: [String], _ oldPlace: SourcePlace?, _ newPlace: SourcePlace?
    ) -> MethodDifference.Aspect? {
        let (a, b) = (old.filter(new.contains), new.filter(old.contains))
        guard a != b else { return nil }
        return .init(
            name: orderAspect, old: .init(words: a.joined(separator: "、"), place: oldPlace),
            new: .init(words: b.joined(separator: "、"), place: newPlace))
    }

    /// A list that only one method has is told with its condition; what the total makes of weights is told by the
    /// points, or follows from what becomes of missing values.
    private static func withoutRepetitions(_ differences: [MethodDifference]) -> [MethodDifference] {
        let ofOne = Set(differences.filter { $0.kind == .list && ($0.isAdded || $0.isRemoved) }.map(\.name))
        var seen: Set<String> = []
        let weightsAreTold = differences.contains { difference in
            difference.kind == .points
                && difference.aspects.contains {
                    $0.name.hasSuffix(Expression.Constant.Role.weight.rawValue)
                }
        }
        return differences.compactMap { difference in
            if difference.kind == .list, ofOne.contains(difference.name),
                !seen.insert(difference.name).inserted
            {
                return nil
            }
            guard difference.kind == .total else { return difference }
            let aspects = difference.aspects.filter { aspect in
                guard aspect.name.hasSuffix(MethodWords.weightsOfTotal) else { return true }
                return aspect.old != nil && aspect.new != nil && !weightsAreTold
            }
            return aspects.isEmpty
                ? nil
                : MethodDifference(
                    kind: .total, name: difference.name, label: difference.label, aspects: aspects)
        }
    }

    private static func wording(_ old: Graph, _ new: Graph) -> [WordingDifference] {
        struct Key: Hashable {
            let kind: String
            let name: String
            let number: Int
        }
        func rows(_ graph: Graph) -> [(Key, [String])] {
            var counts: [[String]: Int] = [:]
            return graph.wordingRows.map { row in
                // The method itself goes by no name, so that another id is a difference.
                let isMethod = row.first == "method"
                let start = isMethod ? 1 : 2
                let name = isMethod ? "" : row.dropFirst().first ?? ""
                let number = counts[[row.first ?? "", name], default: 0]
                counts[[row.first ?? "", name]] = number + 1
                return (Key(kind: row.first ?? "", name: name, number: number), Array(row.dropFirst(start)))
            }
        }
        let known = Dictionary(rows(old)) { first, _ in first }
        // What a column is called follows from what it asks.
        let columns = Set((old.nodes + new.nodes).filter { $0.section == .column }.map(\.name))
        return rows(new).filter { $0.0.kind != "node" || !columns.contains($0.0.name) }.flatMap {
            key, words in
            let before = known[key] ?? words
            return zip(before, words).filter { $0 != $1 }.map {
                WordingDifference(kind: key.kind, name: key.name, old: $0, new: $1)
            }
        }
    }
}

/// A line of a method's meaning with what it speaks of.
struct MeaningLine {
    struct Key: Hashable {
        /// `node`, `decision`, `ties` …
        let kind: String
        /// Empty where there is only one of the kind.
        let name: String
        /// The list of a ground.
        let list: String
        /// Tells apart what has one kind and name.
        let number: Int
    }

    let key: Key
    /// The whole line.
    let text: String

    private static let named: Set<String> = [
        "node", "statistic", "state", "cohort", "decision", "list", "ground",
    ]

    /// Of the meaning with columns written out, so that a rule differs where it asks a feed for other rows.
    static func lines(of graph: Graph) -> [MeaningLine] {
        var list = ""
        var counts: [Key: Int] = [:]
        return graph.meaning(MeaningText(graph: graph, writesOutColumns: true)).split(separator: "\n").map {
            line in
            let words = line.split(separator: " ", maxSplits: 2)
            let kind = words.first.map(String.init) ?? ""
            let name = named.contains(kind) && words.count > 1 ? String(words[1]) : ""
            if kind == "list" { list = name }
            let key = Key(kind: kind, name: name, list: kind == "ground" ? list : "", number: 0)
            let number = counts[key, default: 0]
            counts[key] = number + 1
            return MeaningLine(
                key: Key(kind: kind, name: name, list: key.list, number: number), text: String(line))
        }
    }
}
