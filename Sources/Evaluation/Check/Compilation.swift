/// A method while it is being compiled: the draft of its graph, and what was found wrong so far.
struct Compilation {
    /// Every value is a column of one table, and SQLite tables have at most 2,000.
    private static let maximumNodes = 1000
    private static let maximumStatistics = 1000
    /// Who has made so many mistakes corrects some of them first; looking for what was meant takes time.
    private static let maximumRefusals = 200
    /// Every run has columns with these names.
    private static let reservedNames = ["scope", "state", "cohort", "total", "rank", "initial_tier", "tier"]

    /// Weights that name a parameter become its value, once it is picked.
    var document: MethodDocument
    var draft: Draft
    private var found: [MethodProblem]
    /// Expressions that were complained about: a formula that many indicators share is wrong once.
    private var refused: Set<SourcePlace> = []

    init(_ root: SourceNode, contracts: [FeedContract]) {
        let reader = MethodReader(root)
        document = reader.document
        found = reader.problems
        draft = Draft(
            contracts: contracts, misread: reader.misread,
            statistics: Set(document.statistics.map(\.name.text)))
    }

    // MARK: Problems

    /// Errors and warnings in the order of the file; those of one place in the order in which they were found.
    var problems: [MethodProblem] {
        found.enumerated().sorted {
            $0.element.place != $1.element.place
                ? $0.element.place < $1.element.place : $0.offset < $1.offset
        }
        .map(\.element)
    }

    var hasErrors: Bool { found.contains { $0.severity == .error } }

    /// What several indicators share is wrong once.
    mutating func complain(
        at place: SourcePlace, length: Int = 1, _ message: String, severity: MethodProblem.Severity = .error
    ) {
        let problem = MethodProblem(severity, at: place, length: length, message)
        if !found.contains(problem) { found.append(problem) }
    }

    mutating func complain(
        about text: MethodDocument.Text, _ message: String, severity: MethodProblem.Severity = .error
    ) {
        complain(at: text.place, length: text.text.count, message, severity: severity)
    }

    /// Whether the values still fit one table: asked before many expressions are looked into, and after they have
    /// asked for columns of their own.
    mutating func hasRoom() -> Bool {
        if draft.nodes.count > Compilation.maximumNodes {
            complain(
                at: .start,
                "the method has \(draft.nodes.count) values, more than the \(Compilation.maximumNodes) that one table of the store can hold; split the method"
            )
        }
        if draft.statistics.count > Compilation.maximumStatistics {
            complain(
                at: .start,
                "the method has \(draft.statistics.count) statistics, more than \(Compilation.maximumStatistics); split the method"
            )
        }
        return !isFull
    }

    private var isFull: Bool {
        draft.nodes.count > Compilation.maximumNodes
            || draft.statistics.count > Compilation.maximumStatistics
    }

    // MARK: Names

    /// A new node without a rule; `nil` when its name is taken, which is complained about.
    mutating func declare(
        _ name: MethodDocument.Text, label: String, _ section: Node.Section, _ type: Node.ValueType,
        decimals: Int = 0, rounding: Rounding = .halfAway, source: String = "", texts: [String] = []
    ) -> Int? {
        if let taken = draft.node(named: name.text) {
            complainAboutSecond(name, first: draft.nodes[taken].place)
            return nil
        }
        if !label.isEmpty, let other = draft.node(labelled: label) {
            complainAboutSecondLabel(name, label, of: other)
            return nil
        }
        return draft.declare(
            Draft.DraftNode(
                name: name.text, label: label, section: section, type: type, decimals: decimals,
                rounding: rounding, source: source, place: name.place, texts: texts, rule: nil))
    }

    mutating func complainAboutSecond(_ name: MethodDocument.Text, first: SourcePlace) {
        complain(
            about: name,
            "‘\(name.text)’ is already the name of something else (\(first.mention(from: name.place))); choose another name"
        )
    }

    /// Whether the method may give the name to a value of its own.
    mutating func mayBeDeclared(_ name: MethodDocument.Text) -> Bool {
        guard Compilation.reservedNames.contains(name.text) else { return true }
        complain(
            about: name, "‘\(name.text)’ is a value that every method has by itself; choose another name")
        return false
    }

    // MARK: Expressions

    /// `owner` is the name of what asks, for the names of columns.
    mutating func condition(_ text: MethodDocument.Text, owner: String) -> Expression? {
        checked(text, .init(owner: owner)) { (checker) throws(ExpressionProblem) in
            try checker.condition()
        }
    }

    mutating func number(
        _ text: MethodDocument.Text, _ context: ExpressionChecker.Context, in unit: Unit = .one, decimals: Int
    ) -> Expression? {
        checked(text, context) { (checker) throws(ExpressionProblem) in
            try checker.number(in: unit, decimals: decimals)
        }
    }

    /// Points between limits, which may be expressions with the words of formulas.
    mutating func points(
        _ formula: MethodDocument.Text, _ context: ExpressionChecker.Context,
        between limits: (lower: MethodDocument.Text?, upper: MethodDocument.Text?), decimals: Int
    ) -> Expression? {
        let lower = limits.lower.map { part($0, context, in: .one) }
        let upper = limits.upper.map { part($0, context, in: .one) }
        if case .some(nil) = lower { return nil }
        if case .some(nil) = upper { return nil }
        if let text = limits.upper, let lower = lower ?? nil, let upper = upper ?? nil,
            Expression.isKnownLess(upper.expression, lower.expression)
        {
            complain(
                about: text, "‘at_most’ is less than ‘at_least’, so no points lie between; exchange them")
            return nil
        }
        return checked(formula, context) { (checker) throws(ExpressionProblem) in
            try checker.points(atLeast: lower ?? nil, atMost: upper ?? nil, decimals: decimals)
        }
    }

    /// An expression that becomes a part of others.
    mutating func part(
        _ text: MethodDocument.Text, _ context: ExpressionChecker.Context, in unit: Unit
    ) -> TypedExpression? {
        checked(text, context) { (checker) throws(ExpressionProblem) in try checker.part(in: unit) }
    }

    /// The number node that an expression stands for.
    mutating func quantity(_ text: MethodDocument.Text, owner: String) -> Int? {
        checked(text, .init(owner: owner)) { (checker) throws(ExpressionProblem) in
            try checker.quantity()
        }
    }

    /// The category node that a word stands for.
    mutating func category(_ text: MethodDocument.Text, owner: String) -> Int? {
        checked(text, .init(owner: owner)) { (checker) throws(ExpressionProblem) in
            try checker.category()
        }
    }

    mutating func parameter(
        _ text: MethodDocument.Text, _ role: Expression.Constant.Role, in unit: Unit
    ) -> Expression.Constant? {
        checked(text, .init(owner: "")) { (checker) throws(ExpressionProblem) in
            try checker.parameter(role, in: unit)
        }
    }

    mutating func parameterValue(_ text: MethodDocument.Text, label: String, in unit: Unit)
        -> Expression.Constant?
    {
        checked(text, .init(owner: "")) { (checker) throws(ExpressionProblem) in
            try checker.parameterValue(label: label, in: unit)
        }
    }

    mutating func statistic(_ declaration: MethodDocument.NamedStatistic) -> Statistic? {
        checked(declaration.expression, .init(owner: declaration.name.text)) {
            (checker) throws(ExpressionProblem) in
            try checker.statistic(decimals: declaration.decimals, rounding: declaration.rounding)
        }
    }

    /// Runs one check of an expression; a problem becomes a complaint at its place in the file.
    private mutating func checked<Value>(
        _ text: MethodDocument.Text, _ context: ExpressionChecker.Context,
        _ body: (inout ExpressionChecker) throws(ExpressionProblem) -> Value
    ) -> Value? {
        guard !refused.contains(text.place), !isFull else { return nil }
        guard refused.count < Compilation.maximumRefusals else {
            complain(
                at: .start,
                "\(Compilation.maximumRefusals) expressions are wrong; correct them first, the others were not looked into"
            )
            return nil
        }
        var checker = ExpressionChecker(
            draft: draft, context: context, dataYear: document.dataYear, source: text)
        do {
            let value = try body(&checker)
            draft = checker.draft
            for remark in checker.remarks {
                let (place, length) = text.span(remark.start, remark.length)
                complain(at: place, length: length, remark.message, severity: .warning)
            }
            return value
        } catch {
            refused.insert(text.place)
            if !error.isConsequence {
                let (place, length) = text.span(error.start, error.length)
                complain(at: place, length: length, error.message)
            }
            return nil
        }
    }
}
