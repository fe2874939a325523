package import Evaluation

/// What was wrong in what one department sent, as it goes back to the department: a summary, then line by line where,
/// what was written, what is wrong, what to do.
package struct Letter: Sendable {
    package enum Language: String, Sendable, CaseIterable { case zh, en }

    /// For people: 永康市.
    let county: String
    /// As the contracts call it; of a letter about one feed that feed's.
    package let department: String
    let language: Language
    let source: LetterSource
    /// The feeds that it is about.
    let contracts: [FeedContract]

    package init(
        county: String, department: String, about contracts: [FeedContract], of source: LetterSource,
        in language: Language
    ) {
        self.county = county
        self.department = department
        self.language = language
        self.contracts = contracts
        let feeds = Set(contracts.map(\.name))
        self.source = LetterSource(
            attempt: source.attempt, run: source.run, files: source.files.filter { feeds.contains($0.feed) },
            findings: source.findings.filter { feeds.contains($0.feed) },
            counts: source.counts.filter { feeds.contains($0.feed) })
    }

    /// Whether the department sent something, or something was found.
    package var hasContent: Bool { !source.files.isEmpty || !source.counts.isEmpty }

    /// How many findings there are in truth, and how many the letter lists.
    package var findings: (all: Int, listed: Int) {
        (source.counts.reduce(0) { $0 + $1.count }, source.findings.count)
    }

    /// - Parameter format: xlsx or csv.
    package func write(as format: ExportFormat, to sink: ByteSink) throws {
        switch format {
        case .xlsx: try writeBook(to: sink)
        case .csv, .json: try writeCSV(to: sink)
        }
    }

    // MARK: Words

    func word(_ chinese: String, _ english: String) -> String { language == .zh ? chinese : english }

    /// Of a feed: 税收, or its code name.
    func title(_ feed: String) -> String {
        word(contracts.first { $0.name == feed }?.title ?? feed, feed)
    }

    func word(_ severity: Finding.Severity) -> String {
        switch severity {
        case .refusal: word("拒收", "refused")
        case .warning: word("警告", "warning")
        case .note: word("提示", "note")
        }
    }

    /// `2021-01`, `2021-01—2021-12`, or the day of a snapshot.
    func period(_ file: FileRecord) -> String {
        guard !file.periodFrom.isEmpty else { return file.stateOf }
        return file.periodFrom == file.periodTo ? file.periodFrom : "\(file.periodFrom)—\(file.periodTo)"
    }

    /// The lines above everything; the first is the title.
    var head: [String] {
        let attempt = source.attempt
        let day = String(attempt.startedAt.prefix(10))
        let outcome =
            source.run.map { word("已记录为评价批次\($0.id)（\($0.stageLabel)）", "recorded as run \($0.id)") }
            ?? word("数据未通过，评价结果保持不变", "refused; all results are as they were")
        var lines = [
            word("\(county)亩均评价数据问题反馈：\(department)", "\(county): problems in the data of \(department)"),
            [
                word("第\(attempt.id)次运行（\(day)）", "attempt \(attempt.id) (\(day))"), outcome,
                word("公开范围：报送部门", "for the department"),
            ].joined(separator: "　"),
        ]
        if let waivers = source.run?.waivers, !waivers.isEmpty {
            lines.append(word("豁免：", "waived: ") + waivers)
        }
        lines.append(announcement)
        return lines
    }

    private var announcement: String {
        let (all, listed) = findings
        if all == 0 { return word("未发现问题。", "Nothing was found.") }
        if all == listed { return word("共\(all)条，全部列出。", "\(all) findings, all of them listed.") }
        return word(
            "共\(all)条，列出前\(listed)条：每个文件每类问题最多列出20条，其余请按同样办法检查。",
            "\(all) findings, of which \(listed) are listed: at most 20 of a kind per file. Look for the others likewise."
        )
    }

    /// `共 95 条，列出前 20 条`.
    func cap(_ count: FindingCount) -> String {
        let listed = source.findings.count { $0.feed == count.feed && $0.code == count.code }
        if listed >= count.count { return word("共\(count.count)条，全部列出", "\(count.count), all listed") }
        return word("共\(count.count)条，列出前\(listed)条", "\(count.count), the first \(listed) listed")
    }

    /// The sentence taken apart: what is wrong, and what to do. Values in quotes are not looked into.
    func parts(_ finding: Finding) -> (problem: String, remedy: String) {
        let sentence = word(finding.chinese, finding.english)
        var isQuoted = false
        var end = sentence.endIndex
        for index in sentence.indices {
            switch sentence[index] {
            case "“": isQuoted = true
            case "”": isQuoted = false
            case "`": isQuoted.toggle()
            case "。" where !isQuoted: end = sentence.index(after: index)
            case "." where !isQuoted:
                let next = sentence.index(after: index)
                if next < sentence.endIndex, sentence[next] == " " { end = next }
            default: break
            }
            if end != sentence.endIndex { break }
        }
        let remedy = sentence[end...].drop { $0 == " " }
        return (String(sentence[..<end]), String(remedy))
    }
}
