import Evaluation

// Refused rows that a document lets pass; see ``Waiver``.

extension FeedPlan {
    /// The codes that are waived for a file.
    func waivedCodes(_ file: SurveyedFile) -> Set<String> {
        guard !waivers.isEmpty, let months = file.months else { return [] }
        return Set(waivers.filter { $0.covers(months) }.map(\.code))
    }
}

extension FileOutcome {
    /// Notes a refused row whose refusals are all waived.
    /// - Parameter before: the counts of the log before the row's findings.
    mutating func noteWaived(_ codes: Set<String>, before: [FindingLog.Tally]) {
        var own: [String] = []
        for (index, tally) in log.counts.enumerated() where tally.severity == .refusal {
            let earlier = before.indices.contains(index) ? before[index].count : 0
            if tally.count > earlier { own.append(tally.code) }
        }
        guard !own.isEmpty, own.allSatisfy(codes.contains) else { return }
        waived += 1
        for code in own { waivedByCode[code, default: 0] += 1 }
    }
}

extension Gathering {
    /// Notes a row that was held back and is refused with this code alone.
    mutating func noteWaived(_ row: HeldRow, _ code: String, _ plan: FeedPlan) {
        guard plan.waivedCodes(survey.files[row.file]).contains(code) else { return }
        outcomes[row.file]?.waived += 1
        outcomes[row.file]?.waivedByCode[code, default: 0] += 1
    }

    /// Each waiver with the rows that it kept from counting.
    var appliedWaivers: [AppliedWaiver] {
        waivers.map { waiver in
            let plan = plans.first { $0.contract.name == waiver.feed }
            var rows = 0
            for (file, outcome) in zip(survey.files, outcomes) where file.feed == plan?.feed {
                guard let months = file.months, waiver.covers(months) else { continue }
                rows += outcome?.waivedByCode[waiver.code] ?? 0
            }
            return AppliedWaiver(waiver: waiver, title: plan?.contract.title ?? waiver.feed, rows: rows)
        }
    }

    /// What the files that were read to their end hold.
    var figures: [FileFigures] {
        zip(survey.files, outcomes).compactMap { file, outcome in
            guard let outcome, let totals = outcome.totals else { return nil }
            return FileFigures(
                feed: outcome.log.feed, delivery: file.delivery, path: file.path, sha256: file.sha256,
                periodFrom: file.period.map { Period.text($0.lowerBound) } ?? "",
                periodTo: file.period.map { Period.text($0.upperBound) } ?? "", rows: outcome.rows,
                declaredRows: file.declaredRows, totals: totals)
        }
    }
}

/// What may be waived.
package enum WaiverRule {
    /// Codes of findings that refuse a row. Those that refuse a file leave nothing to go on with.
    package static let codes: Set<String> = [
        "cell_error", "cell_without_value", "code_check_character", "code_is_number", "code_malformed",
        "date_malformed", "decimal_malformed", "decimal_out_of_range", "decimal_too_long",
        "decimal_too_many_places", "field_blank", "field_not_allowed", "key_repeated", "meter_shared",
        "month_malformed", "nul_byte", "period_outside", "quote_stray", "row_width", "text_is_number",
        "text_not_gb18030",
        "text_not_utf8", "year_malformed",
    ]
}
