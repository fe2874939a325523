import Evaluation
import Intake

/// `waivers` of a workspace file.
struct WaiverReader {
    private static let keys = ["feed", "code", "period", "document", "reason"]
    private static let most = 1000
    private let file: String
    private let contracts: [FeedContract]

    init(_ file: String) throws {
        self.file = file
        contracts = try ShippedContracts.load()
    }

    /// - Throws: ``Failure`` with all that is wrong, each with its line.
    func read(_ node: SourceNode) throws -> [Waiver] {
        guard case .sequence(let items) = node.content, items.count <= WaiverReader.most else {
            throw Failure.refused(
                "\(file):\(node.place.line): `waivers` must be a list of at most \(WaiverReader.most) entries "
                    + "`- {feed: …, code: …, period: …, document: …, reason: …}`.")
        }
        var problems: [String] = []
        var waivers: [Waiver] = []
        for item in items {
            let found = waiver(item)
            if let waiver = found.waiver, waivers.contains(where: { isSame($0, waiver) }) {
                problems.append(at(item, "this feed, code and period are waived above. Keep one of the two."))
            }
            problems += found.problems
            if let waiver = found.waiver { waivers.append(waiver) }
        }
        guard problems.isEmpty else { throw Failure.refused(problems.joined(separator: "\n")) }
        return waivers
    }

    private func isSame(_ a: Waiver, _ b: Waiver) -> Bool {
        (a.feed, a.code, a.period) == (b.feed, b.code, b.period)
    }

    private func at(_ node: SourceNode, _ sentence: String) -> String {
        "\(file):\(node.place.line): \(sentence)"
    }

    private func waiver(_ item: SourceNode) -> (waiver: Waiver?, problems: [String]) {
        guard case .mapping(let pairs) = item.content else {
            return (nil, [at(item, "a waiver must be `{feed: …, code: …, period: …, document: …}`.")])
        }
        var problems: [String] = []
        var values: [String: String] = [:]
        for pair in pairs {
            guard case .scalar(let key) = pair.key.content, case .scalar(let text) = pair.value.content else {
                problems.append(at(pair.key, "must be `key: value`."))
                continue
            }
            guard WaiverReader.keys.contains(key) else {
                let known = WaiverReader.keys.joined(separator: ", ")
                problems.append(
                    at(pair.key, "the key `\(key)` of a waiver is not known. Known keys: \(known)."))
                continue
            }
            if values.updateValue(text, forKey: key) != nil {
                problems.append(at(pair.key, "the key `\(key)` stands twice in this waiver."))
            }
            if let problem = problem(key, text) { problems.append(at(pair.value, problem)) }
        }
        for key in ["feed", "code", "period"] where values[key] == nil {
            problems.append(at(item, "the waiver says no `\(key)`."))
        }
        if values["document"]?.isEmpty ?? true {
            problems.append(
                at(item, "the waiver names no `document`. Nothing is waived without one: give its number."))
        }
        guard problems.isEmpty, let feed = values["feed"], let code = values["code"],
            let period = values["period"], let document = values["document"]
        else { return (nil, problems) }
        return (
            Waiver(
                feed: feed, code: code, period: period, document: document, reason: values["reason"] ?? ""),
            []
        )
    }

    private func problem(_ key: String, _ text: String) -> String? {
        switch key {
        case "feed":
            guard !contracts.contains(where: { $0.name == text }) else { return nil }
            return "there is no feed `\(text)`; the feeds are "
                + contracts.map(\.name).joined(separator: ", ") + "."
        case "code":
            guard !WaiverRule.codes.contains(text) else { return nil }
            return "`\(text)` cannot be waived. Only findings that refuse single rows can be: "
                + WaiverRule.codes.sorted().joined(separator: ", ") + "."
        case "period":
            return Waiver.months(of: text) == nil
                ? "the period must be a month such as 2021-03 or a year such as 2021, not `\(text)`." : nil
        default: return text.utf8.count > 1000 ? "`\(key)` is longer than 1,000 bytes." : nil
        }
    }
}
