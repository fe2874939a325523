/// Turns the tree of a method file into declarations. What is missing or misshapen becomes a problem with its
/// place; reading goes on, so that all problems are found together.
struct MethodReader {
    private(set) var document = MethodDocument()
    private(set) var problems: [MethodProblem] = []
    /// Names of sections in which something was wrong: what mentions them need not be complained about as well.
    private(set) var misread: Set<String> = []
    /// The keys under ‘sources’.
    private var sourceKeys: [MethodDocument.Text] = []

    init(_ root: SourceNode) {
        var file = Section(root, path: "method", &problems)
        if let other = MethodReader.otherFile(root) {
            problems.append(other)
            return
        }
        readHeader(&file)
        document.parameters = declarations(&file, "parameters", MethodDocument.Parameter.init)
        document.measures = declarations(&file, "measures", MethodDocument.Value.init)
        document.indicators = declarations(&file, "indicators", MethodDocument.Value.init)
        document.groups = declarations(&file, "groups", MethodDocument.Group.init)
        document.statistics = declarations(&file, "statistics", MethodDocument.NamedStatistic.init)
        readFormulas(&file)
        document.merging = MethodDocument.Merging(inFile: &file, &problems)
        document.linking = LinkRules(inFile: &file, &problems)
        document.scope = declarations(&file, "scope", MethodDocument.ScopeState.init)
        document.cohorts = declarations(
            &file, "cohorts", required: "who is scored and ranked together", MethodDocument.Cohort.init)
        document.cohortChoice =
            file.choice("cohort_choice", default: .firstThatHolds, &problems) ?? .firstThatHolds
        document.adjustments = declarations(&file, "adjustments", MethodDocument.Adjustment.init)
        document.total = MethodDocument.Total(inFile: &file, &problems)
        document.tiers = MethodDocument.Tiers(inFile: &file, &problems)
        let decisions = declarations(&file, "decisions", MethodDocument.TierRule.init)
        document.take(decisions, &problems)
        document.lists = declarations(&file, "lists", MethodDocument.List.init)
        file.finish(&problems)
        var cited: Set<String> = []
        warnAboutUnknownSources(root, &cited)
        for key in sourceKeys where !cited.contains(key.text) {
            problems.append(
                MethodProblem(
                    .warning, at: key.place, length: key.text.count,
                    "nothing cites the source ‘\(key.text)’; write ‘source: \(key.text)’ where it belongs, or delete it"
                ))
        }
    }

    /// That the file is one of another kind; then nothing that it lacks is worth a word.
    private static func otherFile(_ root: SourceNode) -> MethodProblem? {
        guard case .mapping(let pairs) = root.content,
            let version = pairs.first(where: {
                if case .scalar("mujun") = $0.key.content { true } else { false }
            }),
            case .scalar(let word) = version.value.content
        else { return nil }
        let text = MethodDocument.Text(word, of: version.value)
        if word.hasPrefix("cases/") {
            return text.problem(
                "this is a file of cases (案例), not a method; name the method that they prove: ‘mujun method test …’ reads the cases beside it"
            )
        }
        if word.hasPrefix("workspace/") {
            return text.problem(
                "this is the file of a workspace (mujun.yaml), not a method; name the method file, which it names itself"
            )
        }
        return nil
    }

    /// A source may be free text; one word of letters is more likely a key with a slip.
    private mutating func warnAboutUnknownSources(_ node: SourceNode, _ cited: inout Set<String>) {
        if case .sequence(let items) = node.content {
            for item in items { warnAboutUnknownSources(item, &cited) }
        }
        guard case .mapping(let pairs) = node.content else { return }
        let known = document.sources.map(\.key)
        for (key, value) in pairs {
            warnAboutUnknownSources(value, &cited)
            guard case .scalar(let keyWord) = key.content, ["source", "document"].contains(keyWord),
                case .scalar(let word) = value.content
            else { continue }
            cited.insert(word)
            guard !word.isEmpty, word.utf8.allSatisfy(MethodReader.isOfKeys), !known.contains(word)
            else { continue }
            let text = MethodDocument.Text(word, of: value)
            problems.append(
                MethodProblem(
                    .warning, at: text.place, length: word.count,
                    "‘\(word)’ is no key under ‘sources’, so it is shown as it stands"
                        + Spelling.remedy(
                            for: word, among: known,
                            otherwise: "declare it there, or write the title of the document")))
        }
    }

    private static func isOfKeys(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// Every entry of a section whose keys are names that the method chooses.
    private mutating func declarations<Declaration>(
        _ file: inout Section, _ key: String, required: String? = nil,
        _ read: (MethodDocument.Text, inout Section, inout [MethodProblem]) -> Declaration?
    ) -> [Declaration] {
        guard let node = file.node(key) else {
            if let slip = file.slip(for: key) {
                // The key is complained about; what is under it is not missed as well.
                if case .mapping(let pairs) = slip.content {
                    for (name, _) in pairs {
                        if case .scalar(let word) = name.content { misread.insert(word) }
                    }
                }
                return []
            }
            if let required { file.lacks("the method lacks ‘\(key)’: \(required)", &problems) }
            return []
        }
        let list = Section(node, path: key, key: file.key(key), &problems)
        if list.named().isEmpty {
            list.lacks("‘\(key)’ is empty; name at least one, or delete the key", &problems)
        }
        return list.named().compactMap { name, value in
            let before = problems.count
            name.checkName(&problems)
            var section = Section(value, path: "\(key).\(name.text)", key: name, &problems)
            let declaration = read(name, &section, &problems)
            section.finish(&problems)
            if problems.count > before { misread.insert(name.text) }
            return declaration
        }
    }

    private mutating func readFormulas(_ file: inout Section) {
        guard let node = file.node("formulas") else { return }
        let section = Section(node, path: "formulas", key: file.key("formulas"), &problems)
        for (name, value) in section.named() {
            if let text = value.text("formulas.\(name.text)", &problems) {
                document.formulas.append((name, text))
            }
        }
    }

    // MARK: The header

    private mutating func readHeader(_ file: inout Section) {
        let remedy = "write ‘mujun: method/1’ on the first line"
        if let version = file.text("mujun", remedy, &problems), version.text != "method/1" {
            problems.append(
                version.problem(
                    "this program reads ‘method/1’, not ‘\(version.text)’; \(remedy), or use the program that the file was written for"
                ))
        }
        document.id = file.text("id", "a short name such as yongkang-2021", &problems)?.text ?? ""
        document.title = file.text("title", "the method's title as outputs show it", &problems)?.text ?? ""
        document.note = file.optionalText("note", &problems)?.text ?? ""
        document.dataYear = file.integer("data_year", in: 2000...2099, &problems) ?? 2000
        if let text = file.text(
            "as_of", "the day on which titles, events and ages are judged, such as 2022-05-31", &problems)
        {
            if let day = Day(text.text) {
                document.asOf = day
                document.asOfText = text
            } else {
                problems.append(
                    text.problem("‘as_of’ is ‘\(text.text)’, but must be a day such as 2022-05-31"))
            }
        }
        readSources(&file)
    }

    private mutating func readSources(_ file: inout Section) {
        guard let node = file.node("sources") else { return }
        for (name, value) in Section(node, path: "sources", key: file.key("sources"), &problems).named() {
            var section = Section(value, path: "sources.\(name.text)", key: name, &problems)
            let parts = ["number", "title", "date", "note"].compactMap {
                section.optionalText($0, &problems)?.text
            }
            section.finish(&problems)
            sourceKeys.append(name)
            document.sources.append(Source(key: name.text, text: parts.joined(separator: "，")))
        }
    }
}

extension MethodDocument.Text {
    /// A problem with the whole text.
    func problem(_ message: String) -> MethodProblem {
        MethodProblem(at: place, length: text.count, message)
    }

    /// Names become columns of the store.
    func checkName(_ problems: inout [MethodProblem]) {
        let bytes = Array(text.utf8)
        let isName =
            !bytes.isEmpty && bytes.count <= 60 && (97...122).contains(bytes[0])
            && bytes.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        guard !isName else { return }
        problems.append(
            problem(
                "‘\(text)’ is no name: names become columns, so use small letters, digits and _ (at most 60), and put Chinese into ‘label’"
            ))
    }
}
