import Evaluation

/// A comparison for programs. Totals are texts with all decimals; a tier is `null` for a firm without one.
struct ComparisonJSON: Encodable {
    struct Aspect: Encodable {
        let aspect: String
        let old: String?
        let oldLine: Int?
        let new: String?
        let newLine: Int?
    }

    struct Difference: Encodable {
        let kind: String
        let name: String
        let label: String
        let aspects: [Aspect]
    }

    struct Wording: Encodable {
        let kind: String
        let name: String
        let old: String
        let new: String
    }

    struct Matrix: Encodable {
        /// Code names; `null` for none.
        let cohortFrom: String?
        let cohortTo: String?
        let places: [String]
        let firms: [[Int]]
    }

    struct Counts: Encodable {
        let up: Int
        let down: Int
        let entered: Int
        let left: Int
        /// For each of `tiers`.
        let net: [Int]

        init(_ counts: Comparison.Counts) {
            (up, down, entered, left) = (counts.up, counts.down, counts.entered, counts.left)
            net = counts.net
        }
    }

    struct Step: Encodable {
        let name: String
        let label: String
        let note: String?
        let moved: Counts
        let totalsChanged: Int
    }

    struct Group: Encodable {
        let name: String
        let moved: Counts
        let old: [Int]
        let new: [Int]
    }

    struct List: Encodable {
        let name: String
        let label: String
        let old: Int
        let new: Int
        /// Credit codes.
        let added: [String]
        let removed: [String]
    }

    struct Move: Encodable {
        let code: String
        let name: String
        let town: String
        let industry: String
        let cohortFrom: String?
        let cohortTo: String?
        let from: String
        let to: String
        let totalFrom: String?
        let totalTo: String?
        let rankFrom: Int64?
        let rankTo: Int64?
        let steps: [MoveStep]
    }

    /// What one step does to a firm; the sums over all steps are what the firm moves.
    struct MoveStep: Encodable {
        let step: String
        let to: String
        let total: String?
        let rank: Int64?
    }

    struct Effect: Encodable {
        let tiers: [String]
        let moved: Counts
        let steps: [Step]
        let matrices: [Matrix]
        let lists: [List]
        let towns: [Group]
        let industries: [Group]
        let firmsMoved: Int
        let firms: [Move]
    }

    let format = "mujun-diff/1"
    let compared: [String]
    let notes: [String]
    let sameMeaning: Bool
    let differences: [Difference]
    let wording: [Wording]
    /// Absent when only methods are compared.
    let effect: Effect?

    init(_ report: ComparisonReport, limit: Int?) {
        compared = report.headings
        notes = report.notes
        sameMeaning = report.differences.differences.isEmpty
        differences = report.differences.differences.map { difference in
            Difference(
                kind: difference.kind.rawValue, name: difference.name, label: difference.label,
                aspects: difference.aspects.map {
                    Aspect(
                        aspect: $0.name, old: $0.old?.words, oldLine: $0.old?.place?.line, new: $0.new?.words,
                        newLine: $0.new?.place?.line)
                })
        }
        wording = report.differences.wording.map {
            Wording(kind: $0.kind, name: $0.name, old: $0.old, new: $0.new)
        }
        effect = report.comparison.map { ComparisonJSON.effect($0, limit: limit) }
    }

    private static func effect(_ comparison: Comparison, limit: Int?) -> Effect {
        func codes(_ firms: [Int32]) -> [String] { firms.map { comparison.firms.codes[Int($0)] } }
        func groups(_ groups: [GroupCounts]) -> [Group] {
            groups.map { Group(name: $0.name, moved: Counts($0.counts), old: $0.old, new: $0.new) }
        }
        let movers = comparison.movers
        return Effect(
            tiers: comparison.tiers, moved: Counts(comparison.counts()),
            steps: comparison.steps.enumerated().map { index, step in
                Step(
                    name: step.name, label: step.label, note: step.note,
                    moved: Counts(comparison.counts(from: index, to: index + 1)),
                    totalsChanged: comparison.totalsChanged(by: index))
            },
            matrices: comparison.matrices.map {
                Matrix(
                    cohortFrom: $0.from?.name, cohortTo: $0.to?.name, places: $0.places.map(comparison.label),
                    firms: $0.counts)
            },
            lists: comparison.lists().map {
                List(
                    name: $0.term.name, label: $0.term.label, old: $0.old, new: $0.new,
                    added: codes($0.added),
                    removed: codes($0.removed))
            }, towns: groups(comparison.towns), industries: groups(comparison.industries),
            firmsMoved: movers.count, firms: movers.prefix(limit ?? .max).map { move($0, comparison) })
    }

    private static func move(_ firm: Int, _ comparison: Comparison) -> Move {
        let last = comparison.steps.count
        func text(_ total: Int64?) -> String? {
            total.map { DecimalText.format($0, decimals: comparison.decimals) }
        }
        func change(_ value: (Int, Int) -> Int64?, _ step: Int) -> Int64? {
            guard let old = value(firm, step), let new = value(firm, step + 1) else { return nil }
            return new - old
        }
        return Move(
            code: comparison.firms.codes[firm], name: comparison.firms.names[firm],
            town: comparison.firms.townText(firm), industry: comparison.firms.industryText(firm),
            cohortFrom: comparison.cohort(firm, after: 0)?.name,
            cohortTo: comparison.cohort(firm, after: last)?.name,
            from: comparison.label(comparison.oldPlace(firm)),
            to: comparison.label(comparison.newPlace(firm)),
            totalFrom: text(comparison.total(firm, after: 0)),
            totalTo: text(comparison.total(firm, after: last)),
            rankFrom: comparison.rank(firm, after: 0), rankTo: comparison.rank(firm, after: last),
            steps: comparison.steps.indices.map { step in
                MoveStep(
                    step: comparison.steps[step].name,
                    to: comparison.label(comparison.place(firm, after: step + 1)),
                    total: text(change({ comparison.total($0, after: $1) }, step)),
                    rank: change({ comparison.rank($0, after: $1) }, step))
            })
    }
}
