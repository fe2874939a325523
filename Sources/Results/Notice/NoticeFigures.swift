import Evaluation
import GRDB

/// Who publishes, and where objections go.
package struct NoticeAbout: Sendable {
    /// 永康市.
    package let county: String
    /// 受理单位; empty for the county's.
    package let office: String
    /// Address, telephone, hours, in one line; empty where nobody has said.
    package let contact: String

    package init(county: String, office: String, contact: String) {
        self.county = county
        self.office = office
        self.contact = contact
    }

    var officeName: String { office.isEmpty ? "\(county)亩均效益综合评价工作领导小组办公室" : office }
}

/// What a notice tells of a run: nothing in it is above the public.
struct NoticeFigures {
    struct Cohort {
        let name: String
        let label: String
        let firms: Int
        /// Best first, also those without a firm.
        let tiers: [(tier: String, firms: Int)]
    }

    let run: RunSummary
    let graph: Graph
    let about: NoticeAbout
    /// In the order of the method.
    let cohorts: [Cohort]

    init(_ run: RunSummary, _ graph: Graph, _ about: NoticeAbout, _ db: Database) throws {
        self.run = run
        self.graph = graph
        self.about = about
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT cohort, tier, count(*) FROM result
                WHERE run = ? AND tier IS NOT NULL AND cohort IS NOT NULL GROUP BY cohort, tier
                """, arguments: [run.id])
        cohorts = graph.cohorts.map { cohort in
            let own = rows.filter { $0[0] == cohort.name }
            let tiers = graph.ranking.tiers.map { tier in
                let counted: Int? = own.first { $0[1] == tier }.map { $0[2] }
                return (tier: tier, firms: counted ?? 0)
            }
            return Cohort(
                name: cohort.name, label: cohort.label, firms: tiers.reduce(0) { $0 + $1.firms },
                tiers: tiers)
        }
    }

    var isFinal: Bool { run.publication?.action == .final }

    /// What must stand in every file of a package that is not to go out; `nil` when it may.
    var warning: String? {
        guard let publication = run.publication else { return "草稿：未经发布，仅供内部预览，不得对外使用" }
        if publication.action == .withdrawn { return "已撤回：\(publication.document)，不得使用" }
        return run.isCurrent ? nil : "\(run.stageLabel)，不得使用"
    }

    /// `2022年6月1日`.
    func written(_ day: String) -> String {
        guard let (year, month, date) = Day(day)?.civil else { return day }
        return "\(year)年\(month)月\(date)日"
    }
}
