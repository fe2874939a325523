/// Turns the tree of a method file into declarations. What is missing or misshapen becomes a problem with its
/// place; reading goes on, so that all problems are found together.
struct MethodReader {
    private(set) var document = MethodDocument()
    private(set) var problems: [MethodProblem] = []

    init(_ root: SourceNode) {
        var file = Section(root, path: "method", &problems)
        readHeader(&file)
        forEach(&file, "measures") { reader, name, section in
            reader.value(name, &section).map { reader.document.measures.append($0) }
        }
        forEach(&file, "indicators") { reader, name, section in
            reader.value(name, &section).map { reader.document.indicators.append($0) }
        }
        forEach(&file, "groups") { reader, name, section in
            reader.group(name, &section).map { reader.document.groups.append($0) }
        }
        forEach(&file, "statistics") { reader, name, section in
            reader.statistic(name, &section).map { reader.document.statistics.append($0) }
        }
        if let node = file.node("formulas") {
            let section = Section(node, path: "formulas", key: file.key("formulas"), &problems)
            for (name, value) in section.named() {
                if let text = scalar(value, "formulas.\(name.text)") {
                    document.formulas.append((name, text))
                }
            }
        }
        forEach(&file, "scope") { reader, name, section in
            reader.scopeState(name, &section).map { reader.document.scope.append($0) }
        }
        forEach(&file, "cohorts", required: "who is scored and ranked together") { reader, name, section in
            reader.cohort(name, &section).map { reader.document.cohorts.append($0) }
        }
        forEach(&file, "adjustments") { reader, name, section in
            reader.adjustment(name, &section).map { reader.document.adjustments.append($0) }
        }
        readTotal(&file)
        readTiers(&file)
        forEach(&file, "decisions") { reader, name, section in reader.decision(name, &section) }
        forEach(&file, "lists") { reader, name, section in
            reader.list(name, &section).map { reader.document.lists.append($0) }
        }
        file.finish(&problems)
    }

    // MARK: Helpers

    private mutating func forEach(
        _ file: inout Section, _ key: String, required: String? = nil,
        _ body: (inout MethodReader, MethodDocument.Text, inout Section) -> Void
    ) {
        guard let node = file.node(key) else {
            if let required { file.lacks("the method lacks ‘\(key)’: \(required)", &problems) }
            return
        }
        let list = Section(node, path: key, key: file.key(key), &problems)
        if list.named().isEmpty {
            list.lacks("‘\(key)’ is empty; name at least one, or delete the key", &problems)
        }
        for (name, value) in list.named() {
            let before = problems.count
            checkName(name)
            var section = Section(value, path: "\(key).\(name.text)", key: name, &problems)
            body(&self, name, &section)
            section.finish(&problems)
            if problems.count > before { document.misread.insert(name.text) }
        }
    }

    /// Names become columns of the store.
    private mutating func checkName(_ name: MethodDocument.Text) {
        let bytes = Array(name.text.utf8)
        let isName =
            !bytes.isEmpty && bytes.count <= 60 && (97...122).contains(bytes[0])
            && bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        if !isName {
            problems.append(
                MethodProblem(
                    at: name.place, length: name.text.count,
                    "‘\(name.text)’ is no name: names become columns, so use small letters, digits and _ (at most 60), and put Chinese into ‘label’"
                ))
        }
    }

    private mutating func scalar(_ node: SourceNode, _ path: String) -> MethodDocument.Text? {
        guard case .scalar(let text) = node.content else {
            problems.append(MethodProblem(at: node.place, "‘\(path)’ must be a single value"))
            return nil
        }
        return MethodDocument.Text(text, of: node)
    }

    private mutating func scalars(_ node: SourceNode, _ path: String) -> [MethodDocument.Text] {
        switch node.content {
        case .scalar: return scalar(node, path).map { [$0] } ?? []
        case .sequence(let items): return items.compactMap { scalar($0, path) }
        case .mapping:
            problems.append(MethodProblem(at: node.place, "‘\(path)’ must be a list"))
            return []
        }
    }

    // MARK: Sections

    private mutating func readHeader(_ file: inout Section) {
        let remedy = "write ‘mujun: method/1’ on the first line"
        if let version = file.text("mujun", remedy, &problems), version.text != "method/1" {
            problems.append(
                MethodProblem(
                    at: version.place, length: version.text.count,
                    "this program reads ‘method/1’, not ‘\(version.text)’; \(remedy), or use the program that the file was written for"
                ))
        }
        document.id = file.text("id", "a short name such as yongkang-2021", &problems)?.text ?? ""
        document.title = file.text("title", "the method's title as outputs show it", &problems)?.text ?? ""
        document.note = file.optionalText("note", &problems)?.text ?? ""
        document.dataYear = file.integer("data_year", in: 2000...2099, default: nil, &problems) ?? 2000
        if let text = file.text(
            "as_of", "the day on which titles, events and ages are judged, such as 2022-05-31", &problems)
        {
            if let day = Day(text.text) {
                document.asOf = day
            } else {
                problems.append(
                    MethodProblem(
                        at: text.place, length: text.text.count,
                        "‘as_of’ is ‘\(text.text)’, but must be a day such as 2022-05-31"))
            }
        }
        guard let node = file.node("sources") else { return }
        for (name, value) in Section(node, path: "sources", key: file.key("sources"), &problems).named() {
            var section = Section(value, path: "sources.\(name.text)", key: name, &problems)
            let parts = ["number", "title", "date", "note"].compactMap {
                section.optionalText($0, &problems)?.text
            }
            section.finish(&problems)
            document.sources.append(Source(key: name.text, text: parts.joined(separator: "，")))
        }
    }

    private mutating func value(_ name: MethodDocument.Text, _ section: inout Section) -> MethodDocument
        .Value?
    {
        let label = section.label(&problems)
        let unit = unit(&section)
        let decimals = section.integer(
            "decimals", in: 0...DecimalText.maximumDecimals, default: nil, &problems)
        let rounding: Rounding? = section.choice("rounding", default: .halfAway, &problems)
        let expression = section.text("value", "how it is computed", &problems)
        let source = section.source(&problems)
        guard let label, let unit, let decimals, let rounding, let expression else { return nil }
        return MethodDocument.Value(
            name: name, label: label, unit: unit, decimals: decimals, rounding: rounding,
            expression: expression,
            source: source)
    }

    private mutating func unit(_ section: inout Section) -> Unit? {
        guard let text = section.text("unit", "such as 万元/亩; a plain number has the unit 1", &problems) else {
            return nil
        }
        if let unit = Unit(text.text) { return unit }
        problems.append(
            MethodProblem(
                at: text.place, length: text.text.count,
                "‘\(text.text)’ is no unit"
                    + Spelling.remedy(
                        for: text.text, among: Unit.symbols,
                        otherwise: "known are \(Unit.symbols.joined(separator: " ")) and quotients of them")))
        return nil
    }

    private mutating func group(_ name: MethodDocument.Text, _ section: inout Section) -> MethodDocument
        .Group?
    {
        let label = section.label(&problems)
        let otherwise = section.text("otherwise", "what a firm is where no condition holds", &problems)
        var choices: [MethodDocument.Choice] = []
        if let node = section.node("first_of") {
            let path = "\(section.path).first_of"
            for (text, value) in Section(node, path: path, key: section.key("first_of"), &problems).named() {
                if let condition = scalar(value, "\(path).\(text.text)") {
                    choices.append(MethodDocument.Choice(text: text.text, condition: condition))
                }
            }
        } else {
            section.lacks("‘\(section.path)’ lacks ‘first_of’: lines of ‘text: condition’", &problems)
        }
        let source = section.source(&problems)
        guard let label, let otherwise else { return nil }
        return MethodDocument.Group(
            name: name, label: label, choices: choices, otherwise: otherwise.text, source: source)
    }

    private mutating func statistic(
        _ name: MethodDocument.Text, _ section: inout Section
    ) -> MethodDocument.NamedStatistic? {
        let label = section.label(&problems)
        let decimals = section.integer(
            "decimals", in: 0...DecimalText.maximumDecimals, default: nil, &problems)
        let rounding: Rounding? = section.choice("rounding", default: .halfAway, &problems)
        let expression = section.text("value", "such as mean(tax_per_mu by industry_group)", &problems)
        guard let label, let decimals, let rounding, let expression else { return nil }
        return MethodDocument.NamedStatistic(
            name: name, label: label, expression: expression, decimals: decimals, rounding: rounding)
    }

    private mutating func scopeState(
        _ name: MethodDocument.Text, _ section: inout Section
    ) -> MethodDocument.ScopeState? {
        let label = section.label(&problems)
        let accountingClass: State.AccountingClass? = section.choice("class", default: nil, &problems)
        let condition = section.text("when", "the condition under which a firm is in this state", &problems)
        let source = section.source(&problems)
        guard let label, let accountingClass, let condition else { return nil }
        return MethodDocument.ScopeState(
            name: name, label: label, accountingClass: accountingClass, condition: condition, source: source)
    }

    private mutating func cohort(
        _ name: MethodDocument.Text, _ section: inout Section
    ) -> MethodDocument.CohortDeclaration? {
        let label = section.label(&problems)
        let condition = section.text("where", "which firms belong to it", &problems)
        let source = section.source(&problems)
        let quota = section.node("quota").flatMap {
            readQuota($0, path: "\(section.path).quota", key: section.key("quota"))
        }
        let weightsSumTo = section.text(
            "weights_sum_to", "what the weights must add up to, such as 100", &problems)
        var formula: MethodDocument.Text?
        var missing: MethodDocument.Text?
        var decimals: Int?
        let hasPoints = section.key("points") != nil
        if let node = section.node("points") {
            var points = Section(node, path: "\(section.path).points", key: section.key("points"), &problems)
            formula = points.optionalText("formula", &problems)
            decimals = points.integer(
                "decimals", in: 0...DecimalText.maximumDecimals, default: nil, &problems)
            missing = points.optionalText("missing", &problems)
            points.finish(&problems)
        } else {
            section.lacks(
                "‘\(section.path)’ lacks ‘points’: formula, decimals and what a missing value becomes",
                &problems)
        }
        let before = problems.count
        var indicators: [MethodDocument.CohortIndicator] = []
        if let node = section.node("indicators") {
            let list = Section(
                node, path: "\(section.path).indicators", key: section.key("indicators"), &problems)
            for (name, value) in list.named() {
                let path = "\(list.path).\(name.text)"
                var entry = Section(value, path: path, key: name, &problems)
                let weight = entry.text("weight", "points of a firm at the baseline", &problems)
                let baseline = entry.optionalText("baseline", &problems)
                let ownFormula = entry.optionalText("formula", &problems) ?? formula
                let ownMissing = entry.optionalText("missing", &problems) ?? missing
                let ownSource = entry.source(&problems)
                entry.finish(&problems)
                if ownFormula == nil, hasPoints {
                    entry.lacks("‘\(path)’ has no formula; give one here or under ‘points’", &problems)
                }
                if ownMissing == nil, hasPoints {
                    entry.lacks(
                        "‘\(path)’ does not say what a missing value becomes; add ‘missing: 0’ or ‘missing: mean(points)’ here or under ‘points’",
                        &problems)
                }
                guard let weight, let ownFormula, let ownMissing else { continue }
                indicators.append(
                    MethodDocument.CohortIndicator(
                        name: name, weight: weight, baseline: baseline, formula: ownFormula,
                        missing: ownMissing,
                        source: ownSource.isEmpty ? source : ownSource))
            }
        } else {
            section.lacks(
                "‘\(section.path)’ lacks ‘indicators’: each with its weight and baseline", &problems)
        }
        guard let label, let condition, let weightsSumTo, let decimals else { return nil }
        return MethodDocument.CohortDeclaration(
            name: name, label: label, condition: condition, pointsDecimals: decimals, indicators: indicators,
            hasAllIndicators: problems.count == before, weightsSumTo: weightsSumTo, quota: quota,
            source: source)
    }

    private mutating func adjustment(
        _ name: MethodDocument.Text, _ section: inout Section
    ) -> MethodDocument.Adjustment? {
        let label = section.label(&problems)
        let cohorts = section.node("cohort").map { scalars($0, "\(section.path).cohort") } ?? []
        let expression = section.text("points", "the points that are added", &problems)
        let decimals = section.integer("decimals", in: 0...DecimalText.maximumDecimals, default: 4, &problems)
        let source = section.source(&problems)
        guard let label, let expression, let decimals else { return nil }
        return MethodDocument.Adjustment(
            name: name, label: label, cohorts: cohorts, expression: expression, decimals: decimals,
            source: source)
    }

    private mutating func readTotal(_ file: inout Section) {
        guard let node = file.node("total") else {
            file.lacks("the method lacks ‘total’: label, decimals and value", &problems)
            return
        }
        var section = Section(node, path: "total", key: file.key("total"), &problems)
        let label = section.label(&problems)
        let decimals = section.integer(
            "decimals", in: 0...DecimalText.maximumDecimals, default: nil, &problems)
        let rounding: Rounding? = section.choice("rounding", default: .halfAway, &problems)
        let expression = section.text("value", "such as sum(points) + sum(adjustments)", &problems)
        let source = section.source(&problems)
        section.finish(&problems)
        guard let label, let decimals, let rounding, let expression else { return }
        document.total = MethodDocument.Total(
            label: label, decimals: decimals, rounding: rounding, expression: expression, source: source)
    }

    private mutating func readTiers(_ file: inout Section) {
        guard let node = file.node("tiers") else {
            file.lacks(
                "the method lacks ‘tiers’: order, rank_by, ties, quota, of, bound and round", &problems)
            return
        }
        var section = Section(node, path: "tiers", key: file.key("tiers"), &problems)
        let order = section.node("order").map { scalars($0, "tiers.order") } ?? []
        let hasOrder = (2...20).contains(order.count)
        if !hasOrder {
            section.lacks(
                "‘tiers.order’ must name from 2 to 20 tiers, best first, such as [A, B, C, D]",
                at: section.key("order"), &problems)
        }
        var rankBy: [(key: MethodDocument.Text, descending: Bool)] = []
        for key in section.node("rank_by").map({ scalars($0, "tiers.rank_by") }) ?? [] {
            let ascending = key.text.hasSuffix(" ascending")
            let name = ascending ? String(key.text.dropLast(10)) : key.text
            rankBy.append(
                (
                    MethodDocument.Text(name, at: key.place), !ascending
                ))
        }
        if rankBy.isEmpty {
            section.lacks(
                "‘tiers’ lacks ‘rank_by’: the values that firms are ordered by, such as [total, tax]",
                at: section.key("rank_by"), &problems)
        }
        let ties: Ranking.Ties? = section.choice("ties", default: nil, &problems)
        let base: Ranking.Base? = section.choice("of", default: nil, &problems)
        let bound: Ranking.Bound? = section.choice("bound", default: nil, &problems)
        let rounding: Ranking.QuotaRounding? = section.choice("round", default: nil, &problems)
        let quota = section.node("quota").flatMap {
            readQuota($0, path: "tiers.quota", key: section.key("quota"))
        }
        if section.key("quota") == nil {
            section.lacks(
                "‘tiers’ lacks ‘quota’: a share for each tier, such as {A: 20%, B: 60%, C: 15%, D: rest}",
                &problems)
        }
        section.finish(&problems)
        guard hasOrder, !rankBy.isEmpty, let ties, let base, let bound, let rounding, let quota else {
            return
        }
        document.tiers = MethodDocument.Tiers(
            order: order, rankBy: rankBy, ties: ties, quota: quota, base: base, bound: bound,
            rounding: rounding)
    }

    /// `nil` when a share could not be read: what the others sum to says nothing then.
    private mutating func readQuota(
        _ node: SourceNode, path: String, key: MethodDocument.Text?
    ) -> MethodDocument.Quota? {
        let before = problems.count
        var shares: [(tier: MethodDocument.Text, share: Int?)] = []
        let section = Section(node, path: path, key: key, &problems)
        for (tier, value) in section.named() {
            guard let text = scalar(value, "\(path).\(tier.text)") else { continue }
            if text.text == "rest" {
                shares.append((tier, nil))
            } else if text.text.hasSuffix("%"),
                let (digits, places) = DecimalText.parse(text.text.dropLast()),
                places <= 2, digits >= 0, digits <= 10_000
            {
                shares.append((tier, Int(digits * Int128(DecimalText.powersOfTen[2 - places]))))
            } else {
                problems.append(
                    MethodProblem(
                        at: text.place, length: text.text.count,
                        "the share ‘\(text.text)’ must be a percentage with at most two decimals, such as 20%, or ‘rest’"
                    ))
            }
        }
        guard problems.count == before else { return nil }
        return MethodDocument.Quota(shares: shares, place: section.place, length: section.length)
    }

    private mutating func decision(_ name: MethodDocument.Text, _ section: inout Section) {
        let label = section.label(&problems)
        let priorityPlace = section.node("priority")?.place ?? section.place
        let priority = section.integer("priority", in: 0...1_000_000, default: nil, &problems)
        let source = section.source(&problems)
        if let feed = section.optionalText("from", &problems) {
            if feed.text != "decision" {
                problems.append(
                    MethodProblem(
                        at: feed.place, length: feed.text.count, "‘from’ must name the feed ‘decision’ (人工认定)"
                    ))
            } else if document.manual != nil {
                problems.append(
                    MethodProblem(
                        at: name.place, length: name.text.count,
                        "the feed ‘decision’ is used twice; delete one"))
            } else if let label, let priority {
                document.manual = (
                    ManualRule(name: name.text, label: label, priority: priority), priorityPlace
                )
            }
            return
        }
        let condition = section.text(
            "when", "the condition under which it applies, or ‘from: decision’", &problems)
        let effects: [(MethodDocument.Decision.Effect, MethodDocument.Text)] = [
            ("set", MethodDocument.Decision.Effect.set), ("not_above", .notAbove), ("not_below", .notBelow),
        ].compactMap { key, effect in section.optionalText(key, &problems).map { (effect, $0) } }
        guard effects.count == 1 else {
            section.lacks(
                "‘\(section.path)’ must say exactly one of ‘set’, ‘not_above’ and ‘not_below’, with a tier",
                &problems)
            return
        }
        guard let label, let priority, let condition else { return }
        document.decisions.append(
            MethodDocument.Decision(
                name: name, label: label, priority: priority, priorityPlace: priorityPlace,
                condition: condition,
                effect: effects[0].0, tier: effects[0].1, source: source))
    }

    private mutating func list(_ name: MethodDocument.Text, _ section: inout Section) -> MethodDocument.List?
    {
        let label = section.label(&problems)
        let audience: ListRule.Audience? = section.choice("audience", default: nil, &problems)
        let over = section.optionalText("over", &problems)
        if let over, over.text != "registry", over.text != "graded" {
            problems.append(
                MethodProblem(
                    at: over.place, length: over.text.count, "‘over’ must be ‘graded’ or ‘registry’"))
        }
        var grounds: [MethodDocument.List.Ground] = []
        if let condition = section.optionalText("where", &problems) {
            grounds.append(
                MethodDocument.List.Ground(
                    name: name, label: label ?? "", condition: condition, source: section.source(&problems)))
            if section.node("grounds") != nil {
                section.lacks("‘\(section.path)’ says both ‘where’ and ‘grounds’; keep one", &problems)
            }
        } else if let node = section.node("grounds") {
            let list = Section(node, path: "\(section.path).grounds", key: section.key("grounds"), &problems)
            if list.named().isEmpty {
                list.lacks("‘\(list.path)’ is empty, so nobody could be listed; name at least one", &problems)
            }
            for (name, value) in list.named() {
                checkName(name)
                var ground = Section(value, path: "\(list.path).\(name.text)", key: name, &problems)
                let label = ground.label(&problems)
                let condition = ground.text("when", "the condition under which a firm is listed", &problems)
                let source = ground.source(&problems)
                ground.finish(&problems)
                guard let label, let condition else { continue }
                grounds.append(
                    MethodDocument.List.Ground(name: name, label: label, condition: condition, source: source)
                )
            }
        } else {
            section.lacks(
                "‘\(section.path)’ says of nobody that they are listed; add ‘where’ with a condition, or ‘grounds’ with several",
                &problems)
        }
        guard let label, let audience else { return nil }
        return MethodDocument.List(
            name: name, label: label, audience: audience, overRegistry: over?.text == "registry",
            grounds: grounds)
    }
}
