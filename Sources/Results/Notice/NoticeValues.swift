import Evaluation

/// What a template of a notice may name.
struct NoticeValues {
    static let names: Set = [
        "county", "title", "data_year", "published", "document", "published_on", "stage", "correction",
        "reason",
        "office", "contact", "method", "basis", "number", "text", "as_of", "firms", "graded", "ungraded",
        "exempt",
        "out_of_scope", "cohorts", "label", "tiers", "tier", "final", "until", "result_digest",
        "publication_digest",
        "waivers", "note",
    ]

    let values: [String: Any]

    init(_ figures: NoticeFigures) {
        let run = figures.run
        func line(_ text: String) -> String {
            text.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        var values: [String: Any] = [
            "county": line(figures.about.county), "office": line(figures.about.officeName),
            "contact": line(figures.about.contact.isEmpty ? "（待填写）" : figures.about.contact),
            "title": figures.isFinal ? "公布" : "公示", "final": figures.isFinal, "stage": run.stageLabel,
            "data_year": run.dataYear, "as_of": figures.written(run.asOf), "method": line(run.methodTitle),
            "firms": run.firms, "graded": run.graded, "ungraded": run.ungraded, "exempt": run.exempt,
            "out_of_scope": run.outOfScope, "result_digest": run.resultDigest,
            "basis": figures.graph.sources.enumerated().map { index, source in
                ["number": index + 1, "text": line(source.text)] as [String: Any]
            },
            "cohorts": figures.cohorts.map { cohort in
                [
                    "label": line(cohort.label), "firms": cohort.firms,
                    "tiers": cohort.tiers.map { ["tier": $0.tier, "firms": $0.firms] as [String: Any] },
                ] as [String: Any]
            },
            "published": run.publication != nil, "correction": run.publication?.reason != nil,
            "waivers": run.waivers.isEmpty ? [] : [["text": "豁免：\(line(run.waivers))"]],
            "note": run.methodNote.isEmpty ? [] : [["text": line(run.methodNote)]],
        ]
        if let publication = run.publication {
            values["document"] = line(publication.document)
            values["published_on"] = figures.written(publication.publishedOn)
            values["reason"] = line(publication.reason ?? "")
            values["publication_digest"] = publication.digest
        }
        // A text that is a section, too: without a last day the section does not show.
        if let until = run.publication?.until { values["until"] = figures.written(until) }
        self.values = values
    }
}
