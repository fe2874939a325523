/// What stands after `where` in a call to a feed: a condition on the fields of one row.
struct RowConditions {
    let contract: FeedContract
    let dataYear: Int

    func filter(_ syntax: Syntax) throws(ExpressionProblem) -> RowFilter {
        switch syntax.kind {
        case .and(let parts): return .all(try filters(parts))
        case .or(let parts): return .any(try filters(parts))
        case .not(let inner): return .not(try filter(inner))
        case .isIn(let left, let texts, let negated):
            let field = try category(left)
            var known: [String] = []
            for item in texts { known.append(try contract.fields[field].text(item)) }
            let test = RowFilter.isOneOf(field: field, known)
            return negated ? .not(test) : test
        case .compare(let comparison, let left, let right):
            return try compare(comparison, left, right, syntax)
        default:
            throw syntax.problem(
                "a condition on a row compares one of its fields: kind = 企业, area >= 100 m²")
        }
    }

    private func filters(_ parts: [Syntax]) throws(ExpressionProblem) -> [RowFilter] {
        var filters: [RowFilter] = []
        for part in parts { filters.append(try filter(part)) }
        return filters
    }

    private func compare(
        _ comparison: Expression.Comparison, _ left: Syntax, _ right: Syntax, _ syntax: Syntax
    ) throws(ExpressionProblem) -> RowFilter {
        let index = try field(left)
        let field = contract.fields[index]
        switch field.kind {
        case .category, .creditCode, .text:
            guard comparison == .equal || comparison == .notEqual else {
                throw syntax.problem("texts can only be compared with = and !=")
            }
            let test = RowFilter.isOneOf(field: try category(left), [try field.text(right)])
            return comparison == .equal ? test : .not(test)
        case .decimal, .month, .year, .date:
            return .compare(field: index, comparison, try constant(right, field))
        }
    }

    private func field(_ syntax: Syntax) throws(ExpressionProblem) -> Int {
        guard case .word(let word) = syntax.kind else {
            throw syntax.problem("the name of a field is expected here")
        }
        return try contract.field(called: word.split(separator: ".").last.map(String.init) ?? word, syntax)
    }

    private func category(_ syntax: Syntax) throws(ExpressionProblem) -> Int {
        let index = try field(syntax)
        guard case .category = contract.fields[index].kind else {
            throw syntax.problem("‘\(contract.fields[index].header)’ is not a field of fixed texts")
        }
        return index
    }

    // MARK: Constants in the field's own scale

    private func constant(_ syntax: Syntax, _ field: FeedField) throws(ExpressionProblem) -> Int64 {
        switch field.kind {
        case .year: if let year = year(syntax) { return year }
        case .date: if case .quoted(let text) = syntax.kind, let day = Day(text) { return day.number }
        case .decimal(let places): return try decimal(syntax, field, places: places)
        case .month, .creditCode, .category, .text: break
        }
        throw syntax.problem("‘\(field.header)’ cannot be compared with this")
    }

    /// `2020`, `data_year` or `data_year - 1`.
    private func year(_ syntax: Syntax) -> Int64? {
        switch syntax.kind {
        case .word("data_year"): return Int64(dataYear)
        case .number(let text, nil): return Int64(text)
        case .arithmetic(let sign, let left, let right):
            guard case .word("data_year") = left.kind, case .number(let text, nil) = right.kind,
                sign == "-" || sign == "+", let years = Int64(text), years < 1000
            else { return nil }
            return Int64(dataYear) + (sign == "-" ? -years : years)
        default: return nil
        }
    }

    private func decimal(_ syntax: Syntax, _ field: FeedField, places: Int) throws(ExpressionProblem) -> Int64
    {
        guard case .number(let text, let unitText) = syntax.kind,
            let (digits, own) = DecimalText.parse(text)
        else { throw syntax.problem("‘\(field.header)’ cannot be compared with this") }
        let fieldUnit = field.unit ?? .one
        let unit = unitText.flatMap { Unit($0) } ?? fieldUnit
        guard unit.hasDimension(of: fieldUnit) else {
            throw syntax.problem(
                "‘\(field.header)’ is in \(fieldUnit.symbol), which cannot be compared with \(unit.symbol)")
        }
        guard let value = unit.scaled(digits, places: own, in: fieldUnit, decimals: places) else {
            throw syntax.problem("‘\(field.header)’ has \(places) decimals; this number does not fit them")
        }
        return value
    }
}
