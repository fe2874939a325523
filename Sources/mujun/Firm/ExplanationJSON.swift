import Evaluation
import Intake
import Results

/// An explanation for programs: the same as the text, with names beside labels. Values are texts with all decimals.
struct ExplanationJSON: Encodable {
    struct Step: Encodable {
        let name: String
        let label: String
        let value: String
        let formula: String
        let substitution: String
        let notes: [String]
        let source: String
        let parts: [Step]

        init(_ step: Explanation.Step) {
            name = step.name
            label = step.label
            value = step.value
            formula = step.formula
            substitution = step.substitution
            notes = step.notes
            source = step.source
            parts = step.parts.map(Step.init)
        }
    }

    struct Decision: Encodable {
        let name: String
        let label: String
        let effect: String
        let tier: String
        let priority: Int
        let overruled: Bool
        let reason: String
        let document: String
    }

    struct Entry: Encodable {
        let list: String
        let ground: String
        let groundLabel: String
        let evidence: String
        let source: String
    }

    struct Cut: Encodable {
        let tier: String
        let firms: Int
        /// Total of the last firm in the tier by rank.
        let lastTotal: String?
    }

    struct Objected: Encodable {
        let subject: String
        let grounds: String
        let evidence: String
        let date: String
        let outcome: String
        let document: String
        let decidedOn: String
        let explanation: String
    }

    struct Line: Encodable {
        let feed: String
        let delivery: String
        let path: String
        let line: Int
        let header: String
        let text: String
        let fate: String
    }

    let format = "mujun-explanation/1"
    let run: Int64
    let stage: String
    let dataYear: Int
    let asOf: String
    let method: String
    let note: String
    let resultDigest: String
    let code: String
    let firm: String
    let town: String?
    let industry: String?
    let state: String
    let cohort: String?
    /// The part of the cohort in which it is ranked, if any.
    let part: String?
    /// With whom the firm is evaluated as one, if so.
    let unit: String?
    let total: String?
    let rank: Int?
    /// Firms with a rank in the cohort.
    let ranked: Int
    let initialTier: String?
    let tier: String?
    let decisions: [Decision]
    let cuts: [Cut]
    let lists: [Entry]
    let objections: [Objected]
    let steps: [Step]
    /// Absent unless asked for.
    let rows: [Line]?

    init(
        _ explanation: Explanation, _ standing: FirmStanding, _ run: RunSummary, objections: [Objection],
        rows: [FeedLine]?
    ) {
        self.run = run.id
        stage = run.stage
        dataYear = run.dataYear
        asOf = run.asOf
        method = run.methodName
        note = run.methodNote
        resultDigest = run.resultDigest
        let firm = standing.result
        code = firm.code
        self.firm = firm.name
        town = firm.town
        industry = firm.industry
        state = firm.state
        cohort = firm.cohort
        part = firm.part
        unit = firm.unit
        total = firm.total.map(run.totalText)
        rank = firm.rank
        ranked = standing.ranked
        initialTier = firm.initialTier
        tier = firm.tier
        decisions = standing.decisions.map {
            Decision(
                name: $0.name, label: $0.label, effect: $0.effect, tier: $0.tier, priority: $0.priority,
                overruled: $0.isOverruled, reason: $0.reason, document: $0.document)
        }
        cuts = standing.cuts.map {
            Cut(tier: $0.cut.tier, firms: $0.cut.firms, lastTotal: $0.cut.lastTotal.map(run.totalText))
        }
        lists = standing.entries.map {
            Entry(
                list: $0.list, ground: $0.ground, groundLabel: $0.groundLabel, evidence: $0.evidence,
                source: $0.source)
        }
        self.objections = objections.map {
            Objected(
                subject: $0.subject, grounds: $0.grounds, evidence: $0.evidence, date: $0.date,
                outcome: $0.outcome, document: $0.document, decidedOn: $0.decidedOn,
                explanation: $0.explanation)
        }
        steps = explanation.steps.map(Step.init)
        self.rows = rows?.map {
            Line(
                feed: $0.feed, delivery: $0.delivery, path: $0.path, line: $0.line, header: $0.header,
                text: $0.text,
                fate: $0.fate.word)
        }
    }
}
