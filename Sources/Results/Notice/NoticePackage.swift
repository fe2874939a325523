import Crypto
package import Evaluation
import GRDB

/// What is published of a run: the notice as page and text, lists, how the score is computed, a form for objections, and
/// the digests of it all. The same run, template and settings give the same bytes; nothing in it is above the public.
package struct NoticePackage {
    private let store: Store
    private let run: RunSummary
    private let graph: Graph
    private let about: NoticeAbout
    private let template: NoticeTemplate

    /// - Parameter graph: the method of the run, as the store keeps it.
    package init(
        _ store: Store, _ run: RunSummary, _ graph: Graph, _ about: NoticeAbout, _ template: NoticeTemplate
    ) {
        self.store = store
        self.run = run
        self.graph = graph
        self.about = about
        self.template = template
    }

    /// Gives every file by its name, the digests last.
    /// - Parameter file: writes a file; its body gives the bytes.
    /// - Throws: `StoreError`, or what `file` throws.
    package func write(_ file: (_ name: String, _ body: @escaping (ByteSink) throws -> Void) throws -> Void)
        throws
    {
        do {
            try store.queue.read { db in
                var digests: [(name: String, digest: String)] = []
                func add(_ name: String, _ body: @escaping (@escaping ByteSink) throws -> Void) throws {
                    var hash = SHA256()
                    try file(name) { sink in
                        try withoutActuallyEscaping(sink) { sink in
                            try body { bytes in
                                hash.update(data: Array(bytes))
                                try sink(bytes)
                            }
                        }
                    }
                    digests.append((name, Hexadecimal.text(hash.finalize())))
                }
                func add(_ name: String, _ text: String) throws {
                    try add(name) { sink in try sink(Array(text.utf8)[...]) }
                }
                let figures = try NoticeFigures(run, graph, about, db)
                let lists = NoticeLists(figures: figures, db: db)
                let form = ObjectionForm(figures: figures)
                let text = template.text(NoticeValues(figures).values)
                for (cohort, name) in lists.files { try add(name) { try lists.write(cohort, to: $0) } }
                try add("计算说明.html", ComputationSheet(figures, db).html)
                try add("异议申请表.html", form.html)
                try add("异议申请表.xlsx") { try form.workbook(to: $0) }
                try add("公告.txt", plain(text, figures, lists))
                try add("公告.html", page(text, figures, lists))
                try add("摘要.txt", summary(digests, figures))
            }
        } catch let error as DatabaseError { throw StoreError(error, path: store.path, writing: false) }
    }

    private func attachments(_ lists: NoticeLists) -> [String] {
        lists.files.map(\.file) + ["计算说明.html", "异议申请表.html", "异议申请表.xlsx", "摘要.txt"]
    }

    private func page(_ text: String, _ figures: NoticeFigures, _ lists: NoticeLists) throws -> String {
        let title = text.split(separator: "\n").first.map { String($0.drop { $0 == "#" || $0 == " " }) }
        var page = Page(title: title ?? run.methodTitle, warning: figures.warning)
        page.lines(text)
        page.heading("附件", level: 2)
        for file in attachments(lists) { page.link(file, file: file) }
        try lists.add(to: &page)
        return page.html
    }

    /// The same without the lists, for what takes no pages.
    private func plain(_ text: String, _ figures: NoticeFigures, _ lists: NoticeLists) -> String {
        var lines = figures.warning.map { ["【\($0)】", ""] } ?? []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isTitle = line.hasPrefix("# ") || line.hasPrefix("## ")
            let line = isTitle ? line.drop { $0 == "#" || $0 == " " } : line
            // What a template leaves of its sections.
            if line.isEmpty, lines.last?.isEmpty ?? true { continue }
            lines.append(String(line))
        }
        lines += ["附件"] + attachments(lists)
        return lines.joined(separator: "\n") + "\n"
    }

    private func summary(_ files: [(name: String, digest: String)], _ figures: NoticeFigures) -> String {
        var lines = figures.warning.map { ["【\($0)】"] } ?? []
        lines += [
            "\(run.methodTitle)　数据年度：\(run.dataYear)　阶段：\(run.stageLabel)　文号：\(run.documentLabel)　评价批次：\(run.id)",
            "结果摘要（SHA-256）：\(run.resultDigest)",
        ]
        if let publication = run.publication {
            lines.append("发布摘要（第\(publication.number)号，SHA-256）：\(publication.digest)")
        }
        if !run.waivers.isEmpty { lines.append("豁免：\(run.waivers)") }
        lines += ["", "文件摘要（SHA-256，可用 sha256sum 核对）："] + files.map { "\($0.digest)  \($0.name)" }
        return lines.joined(separator: "\n") + "\n"
    }
}
