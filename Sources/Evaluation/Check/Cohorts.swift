/// Cohorts: who belongs to them, and what they score.
extension MethodDocument {
    /// The first cohort whose condition holds; a firm to which none applies has no cohort.
    func cohortRule(_ compilation: inout Compilation) -> Node.Rule? {
        compilation.conditions(cohorts.map { ($0.condition, $0.name.text) }).map {
            .classification(
                conditions: $0, texts: cohorts.map(\.name.text), otherwise: Missing.notApplicable.cell)
        }
    }
}

extension Declarations {
    /// The cohorts of a method without errors.
    func cohorts(_ document: MethodDocument, _ draft: Draft) -> [Cohort] {
        document.cohorts.map { cohort in
            Cohort(
                name: cohort.name.text, label: cohort.label,
                weightedIndicators: cohort.indicators.compactMap { indicator in
                    guard let value = draft.scored(indicator), let points = points[indicator.name.text]
                    else { return nil }
                    return Cohort.WeightedIndicator(
                        indicator: value, points: points, weight: indicator.weight.text,
                        baseline: indicator.baseline?.text)
                },
                source: document.sourceText(cohort.source))
        }
    }
}

extension MethodDocument.Cohort {
    /// Its weights and the names of its indicators.
    func check(_ compilation: inout Compilation) {
        checkWeights(&compilation)
        let known = (compilation.document.indicators + compilation.document.measures).map(\.name.text)
        for indicator in indicators {
            let name = indicator.name.text
            guard compilation.draft.scored(indicator) == nil, !compilation.draft.misread.contains(name)
            else { continue }
            compilation.complain(
                about: indicator.name,
                "there is no indicator ‘\(name)’"
                    + Spelling.remedy(for: name, among: known, otherwise: "declare it under ‘indicators’"))
        }
    }

    private func checkWeights(_ compilation: inout Compilation) {
        guard hasAllIndicators else { return }
        guard let (wanted, wantedPlaces) = DecimalText.parse(weightsSumTo.text), wantedPlaces <= 9,
            wanted.magnitude < 1_000_000_000
        else {
            compilation.complain(
                about: weightsSumTo,
                "‘weights_sum_to’ is ‘\(weightsSumTo.text)’, but must be a number such as 100")
            return
        }
        var sum: Int128 = 0
        for indicator in indicators {
            // A weight that is none was complained about with its points.
            guard let weight = indicator.plainWeight else { return }
            sum += weight
        }
        guard sum != wanted * Int128(DecimalText.powersOfTen[9 - wantedPlaces]) else { return }
        let shown = Int64(exactly: sum).map { DecimalText.trimmed($0, decimals: 9) } ?? "\(sum)"
        // A weight that another file lays over is what made them wrong.
        let laidOver = indicators.map(\.weight).first { $0.place.file < weightsSumTo.place.file }
        compilation.complain(
            about: laidOver ?? weightsSumTo,
            "the weights of cohort ‘\(name.text)’ sum to \(shown), not to \(weightsSumTo.text); correct a weight or ‘weights_sum_to’"
        )
    }
}
