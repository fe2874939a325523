extension MethodDocument {
    /// A number that is issued anew for some data years: a baseline, a limit.
    struct Parameter {
        /// One value with the data years that it holds for, both included.
        struct Entry {
            let from: Int
            /// `nil`: until the year before the next entry begins, or for ever.
            let until: Int?
            /// Where its years stand.
            let fromText: Text
            let untilText: Text?
            let value: Text
            /// A key of ‘sources’ or free text; empty when none is given.
            let document: String
            /// 第五条; empty when none is given.
            let article: String
        }

        let name: Text
        let label: Text
        let unit: Unit
        /// By their first years.
        let entries: [Entry]
    }
}

extension MethodDocument.Parameter {
    init?(_ name: MethodDocument.Text, _ section: inout Section, _ problems: inout [MethodProblem]) {
        let label = section.text("label", "the name that outputs show", &problems)
        let unit = MethodDocument.Value.unit(&section, &problems)
        let entries = Self.entries(&section, &problems)
        guard let label, let unit, let entries else { return nil }
        self.init(name: name, label: label, unit: unit, entries: entries.sorted { $0.from < $1.from })
    }

    /// `nil` when one of them is wrong: years and values can only be judged together.
    private static func entries(_ section: inout Section, _ problems: inout [MethodProblem]) -> [Entry]? {
        guard let node = section.node("values") else {
            section.lacks(
                "‘\(section.path)’ lacks ‘values’: a list of entries such as {from: 2021, value: 26.01}",
                &problems)
            return nil
        }
        guard case .sequence(let items) = node.content, !items.isEmpty else {
            section.lacks(
                "‘\(section.path).values’ must be a list of entries such as - {from: 2021, value: 26.01}",
                at: section.key("values"), &problems)
            return nil
        }
        let entries = items.enumerated().map { index, item in
            var entry = Section(item, path: "\(section.path).values[\(index + 1)]", &problems)
            let read = Entry(&entry, &problems)
            entry.finish(&problems)
            return read
        }
        return entries.contains { $0 == nil } ? nil : entries.compactMap { $0 }
    }
}

extension MethodDocument.Parameter.Entry {
    private static let years = 2000...2099

    fileprivate init?(_ section: inout Section, _ problems: inout [MethodProblem]) {
        let from = section.integer("from", in: Self.years, &problems)
        let until = section.node("until").flatMap { _ in
            section.integer("until", in: Self.years, &problems).map(Optional.some)
        }
        let value = section.text("value", "one number in the unit of the parameter", &problems)
        let document = section.optionalText("document", &problems)?.text ?? ""
        let article = section.optionalText("article", &problems)
        if let article, document.isEmpty {
            problems.append(
                article.problem("‘article’ needs ‘document’: name the document that the article is of"))
        }
        let isMisread = section.node("until") != nil && until == nil
        guard let from, let value, !isMisread, let fromText = section.optionalText("from", &problems) else {
            return nil
        }
        self.init(
            from: from, until: until ?? nil, fromText: fromText,
            untilText: section.optionalText("until", &problems), value: value, document: document,
            article: article?.text ?? "")
    }
}

extension MethodDocument.Parameter {
    /// The last year of an entry; `nil` for ever.
    func end(of index: Int) -> Int? {
        entries[index].until ?? (index + 1 < entries.count ? entries[index + 1].from - 1 : nil)
    }
}
