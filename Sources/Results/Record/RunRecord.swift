package import Evaluation

/// What belongs to a run beside its evaluation.
package struct RunRecord: Sendable {
    /// The attempt that this run belongs to; see ``Store/beginAttempt(at:)``.
    package let attempt: Int64
    /// The method file, as it was read.
    package let methodText: String
    /// SHA-256 over the inputs, 64 hexadecimal digits.
    package let inputsDigest: String
    /// Part of the run's identity: another version computes anew.
    package let engineVersion: String
    /// Every file read, also those that nothing was taken from.
    package let files: [FileRecord]
    /// What the files that were read to their end hold.
    package let figures: [FileFigures]
    /// Part of the run's identity, too.
    package let waivers: [AppliedWaiver]
    /// Samples, kept in this order.
    package let findings: [Finding]
    /// True counts, also of what `findings` leaves out.
    package let findingCounts: [FindingCount]
    /// How rows found their firms.
    package let links: LinkTable
    /// What firms object to, in order of firm, subject and date.
    package let objections: [Objection]
    /// `2022-05-31T02:00:07Z`, also the end of the attempt. For people: no result depends on it.
    package let recordedAt: String
    /// How many drafts of this data year stay, this one included; at least 1.
    package let draftsKept: Int

    package init(
        attempt: Int64, methodText: String, inputsDigest: String, engineVersion: String, files: [FileRecord],
        figures: [FileFigures] = [], waivers: [AppliedWaiver] = [], findings: [Finding],
        findingCounts: [FindingCount], links: LinkTable = LinkTable(), objections: [Objection] = [],
        recordedAt: String, draftsKept: Int
    ) {
        self.attempt = attempt
        self.methodText = methodText
        self.inputsDigest = inputsDigest
        self.engineVersion = engineVersion
        self.files = files
        self.figures = figures
        self.waivers = waivers
        self.findings = findings
        self.findingCounts = findingCounts
        self.links = links
        self.objections = objections
        self.recordedAt = recordedAt
        self.draftsKept = max(1, draftsKept)
    }
}

/// What recording came to.
package enum Recording: Sendable, Equatable {
    case recorded(RunSummary)
    /// The same inputs, method, day and engine are recorded already; nothing was written.
    case unchanged(RunSummary)

    /// The run in the store, new or known.
    package var run: RunSummary {
        switch self {
        case .recorded(let run), .unchanged(let run): run
        }
    }
}

/// What makes two runs the same run: what goes in and what computes. Known before anything is computed.
package struct RunIdentity: Sendable, Equatable {
    /// 64 hexadecimal digits.
    package let digest: String

    /// - Parameter inputsDigest: SHA-256 over the inputs, 64 hexadecimal digits.
    package init(inputsDigest: String, graph: Graph, engineVersion: String, waivers: [Waiver] = []) {
        let waived = waivers.map { waiver in
            let parts = [waiver.feed, waiver.code, waiver.period, waiver.document, waiver.reason]
            return "waiver \(Digest.of(parts.joined(separator: "\n")))\n"
        }
        digest = Digest.of(
            """
            inputs \(inputsDigest)
            method \(Digest.of(graph.meaning))
            wording \(Digest.of(graph.wording))
            data-year \(graph.dataYear)
            as-of \(graph.asOf)
            engine \(engineVersion)

            """ + waived.joined())
    }
}
