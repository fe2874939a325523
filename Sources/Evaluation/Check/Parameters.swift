/// Parameters while the method is being compiled: the value that the data year picks, by name and by label. Everything
/// that asks for a parameter asks here.
struct PickedParameters {
    /// In the order of the file.
    private(set) var all: [PickedParameter] = []
    private var names: [String: Int] = [:]
    private var labels: [String: Int] = [:]

    var words: [String] { (Array(names.keys) + labels.keys).sorted() }

    func named(_ word: String) -> PickedParameter? { names[word].map { all[$0] } }
    func labelled(_ word: String) -> PickedParameter? { labels[word].map { all[$0] } }

    /// By name or by label: no parameter has a name or a label that stands for anything else.
    func called(_ word: String) -> PickedParameter? { named(word) ?? labelled(word) }

    mutating func add(_ picked: PickedParameter) {
        names[picked.name] = all.count
        labels[picked.label] = all.count
        all.append(picked)
    }

    /// The same where a rule mentions it.
    mutating func mention(_ word: String, at mention: PickedParameter.Mention) -> PickedParameter? {
        guard let index = names[word] ?? labels[word] else { return nil }
        all[index].mentions.insert(mention)
        return all[index]
    }
}

extension Compilation {
    /// Makes them known to expressions, once everything else that the method names is declared. What is wrong with one
    /// is complained about; then nothing that mentions it is.
    mutating func addParameters() {
        let free = freeParameters()
        for parameter in document.parameters {
            guard free.contains(parameter.name.text), let picked = picked(parameter) else {
                draft.misread.formUnion([parameter.name.text, parameter.label.text])
                continue
            }
            draft.parameters.add(picked)
        }
        insertWeights()
    }

    /// Weights that name a plain parameter become its value: weights are added up as they are written.
    private mutating func insertWeights() {
        for cohort in document.cohorts.indices {
            for index in document.cohorts[cohort].indicators.indices {
                let weight = document.cohorts[cohort].indicators[index].weight
                guard Parser.words(of: weight.text) == [weight.text],
                    draft.parameters.called(weight.text)?.unit.isOne == true,
                    let picked = draft.parameters.mention(
                        weight.text, at: .init(place: weight.place, start: 0, length: weight.text.count))
                else { continue }
                document.cohorts[cohort].indicators[index].weight = .init(
                    picked.value.text, at: weight.place)
            }
        }
    }

    /// What the points of an indicator rest on: its own source or its cohort's, and the documents of the parameters
    /// that its baseline mentions.
    func citation(of indicator: MethodDocument.Cohort.Indicator) -> String {
        var parts = indicator.source.isEmpty ? [] : [document.sourceText(indicator.source)]
        for word in Parser.words(of: indicator.baseline?.text ?? "") {
            guard let picked = draft.parameters.called(word), !picked.document.isEmpty else { continue }
            let part = [document.sourceText(picked.document), picked.article].filter { !$0.isEmpty }
                .joined(separator: "，")
            if !parts.contains(part) { parts.append(part) }
        }
        return parts.joined(separator: "；")
    }

    private mutating func picked(_ parameter: MethodDocument.Parameter) -> PickedParameter? {
        let values = parameter.entries.map {
            parameterValue($0.value, label: parameter.label.text, in: parameter.unit)
        }
        guard yearsFit(parameter), !values.contains(where: { $0 == nil }) else { return nil }
        let year = document.dataYear
        guard
            let index = parameter.entries.indices.first(where: {
                parameter.entries[$0].from <= year && year <= parameter.end(of: $0) ?? year
            }), let constant = values[index]
        else {
            complain(about: parameter.name, parameter.lack(of: year))
            return nil
        }
        let entry = parameter.entries[index]
        return PickedParameter(
            name: parameter.name.text, constant: constant, unit: parameter.unit, value: entry.value,
            document: entry.document, article: entry.article)
    }

    /// Whether every year from the first has one value.
    private mutating func yearsFit(_ parameter: MethodDocument.Parameter) -> Bool {
        let entries = parameter.entries
        var fit = true
        for (index, entry) in entries.enumerated() {
            if let until = entry.until, until < entry.from, let text = entry.untilText {
                complain(
                    about: text,
                    "the value ends in \(until), before it begins in \(entry.from); correct a year")
                fit = false
                continue
            }
            guard index > 0 else { continue }
            let before = entries[index - 1]
            let end = before.until ?? entry.from - 1
            if end >= entry.from || before.from == entry.from {
                complain(
                    about: entry.fromText,
                    "‘\(parameter.name.text)’ has two values for \(entry.from): the one of \(before.fromText.place.mention(from: entry.fromText.place)) holds as well; end it with ‘until: \(entry.from - 1)’, or delete one"
                )
                fit = false
            } else if end + 1 < entry.from {
                let years = end + 2 == entry.from ? "\(end + 1)" : "\(end + 1) to \(entry.from - 1)"
                complain(
                    about: entry.fromText,
                    "‘\(parameter.name.text)’ has no value for \(years); begin this one earlier, or end the one before later"
                )
                fit = false
            }
        }
        return fit
    }

    mutating func warnAboutUnusedParameters() {
        for parameter in document.parameters
        where draft.parameters.named(parameter.name.text)?.mentions.isEmpty == true {
            warn(
                about: parameter.name,
                "nothing uses the parameter ‘\(parameter.name.text)’ (\(parameter.label.text)); name it in a rule, or delete it"
            )
        }
    }
}

extension MethodDocument.Parameter {
    /// That it has no value for the year, and which is the nearest.
    fileprivate func lack(of year: Int) -> String {
        let start = "‘\(name.text)’ has no value for the data year \(year); "
        guard let first = entries.first, let last = entries.last else { return start + "add one" }
        return start
            + (year < first.from
                ? "the first begins in \(first.from) (\(first.value.text)): begin it earlier, or add one"
                : "the last ends in \(last.until ?? year) (\(last.value.text)): add one that begins in \((last.until ?? year) + 1)")
    }
}
