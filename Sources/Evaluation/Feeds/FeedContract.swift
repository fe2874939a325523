/// What one department's feed must look like: the checked form of a Table Schema file.
package struct FeedContract: Sendable, Equatable {
    /// How deliveries of the feed add up.
    package enum AddsUp: String, Sendable {
        /// Rows of all periods of the data year are added (税收, 用电).
        case flow
        /// The latest delivery before the as-of day counts alone (名录, 用地).
        case snapshot
        /// Dated facts, each valid from and to; all deliveries count (否决事项, 资质).
        case log
    }

    /// How often deliveries are to be expected.
    package enum Cycle: String, Sendable {
        case day, week, month, quarter, year

        /// A delivery older than twice its cycle is overdue.
        package var daysUntilOverdue: Int64 {
            switch self {
            case .day: 2
            case .week: 14
            case .month: 62
            case .quarter: 184
            case .year: 731
            }
        }
    }

    /// A name under which rows of the feed belong to a firm: `tax`, or `leased_out` for the lessor of a lease.
    package struct Relation: Sendable, Equatable {
        package let name: String
        /// Index of the field that holds the firm's credit code.
        package let field: Int
        /// Which side of the feed the firm is on: 出租; empty where the feed has only one.
        package let label: String

        package init(name: String, field: Int, label: String = "") {
            self.name = name
            self.field = field
            self.label = label
        }
    }

    /// Code name: `tax`.
    package let name: String
    /// Label: 税收.
    package let title: String
    /// The department that sends it: 税务局.
    package let department: String
    package let addsUp: AddsUp
    package let fields: [FeedField]
    /// Fields that identify a row together. Two different rows with one key are both refused.
    package let key: [Int]
    package let relations: [Relation]
    /// The month or year that a row belongs to; every `flow` has one.
    package let period: Int?
    /// First and last day on which a row is in force; blank means open.
    package let validFrom: Int?
    package let validTo: Int?
    /// The day that tells which of a firm's rows is the latest where neither a period nor the days in force do: 供地日期.
    package let latestDay: Int?
    /// What tells which of a firm's rows is the latest: the period, the day from which it is in force, or another.
    package var latestBy: Int? { period ?? validFrom ?? latestDay }
    /// The field that `has(feed, 安全事故)` looks at.
    package let category: Int?
    /// Headers of columns about persons. They are skipped and masked; delivering one is a finding.
    package let personalHeaders: [String]
    /// Whether an evaluation needs the feed at all.
    package let required: Bool
    /// The run is refused when more rows than this are refused …
    package let maxRefusedRows: Int
    /// … and these are more than this many ten-thousandths of all rows.
    package let maxRefusedPerTenThousand: Int
    /// `nil` where deliveries come when there is something to tell.
    package let cycle: Cycle?
    /// Ways of writing beside the exact one that are taken, counted and shown.
    package var leniencies: Leniencies = []

    /// How rows find their firm where the code alone does not.
    package let links: FeedLinks
    /// How declarations of several sides become one; `nil` where only one side declares.
    package let agreement: FeedAgreement?
    /// What a delivery of a part is a part of, such as `town`; `nil` where deliveries are always whole.
    package let partedBy: String?
    /// A delivery of a month that is made so many days after its end is noted as late; `nil` for never.
    package let lateAfterDays: Int?

    package init(
        name: String, title: String, department: String, addsUp: AddsUp, fields: [FeedField], key: [Int],
        relations: [Relation], period: Int?, validFrom: Int?, validTo: Int?, latestDay: Int? = nil,
        category: Int?,
        personalHeaders: [String], required: Bool, maxRefusedRows: Int, maxRefusedPerTenThousand: Int,
        cycle: Cycle? = nil, links: FeedLinks = .byCode, agreement: FeedAgreement? = nil,
        partedBy: String? = nil,
        lateAfterDays: Int? = nil
    ) {
        self.name = name
        self.title = title
        self.department = department
        self.addsUp = addsUp
        self.fields = fields
        self.key = key
        self.relations = relations
        self.period = period
        self.validFrom = validFrom
        self.validTo = validTo
        self.latestDay = latestDay
        self.category = category
        self.personalHeaders = personalHeaders
        self.required = required
        self.maxRefusedRows = maxRefusedRows
        self.maxRefusedPerTenThousand = maxRefusedPerTenThousand
        self.cycle = cycle
        self.links = links
        self.agreement = agreement
        self.partedBy = partedBy
        self.lateAfterDays = lateAfterDays
    }

    /// The feed that says which firms there are. Its relation field is the firm itself.
    package static let registryName = "registry"
    /// The feed of what the office decides by hand (人工认定).
    package static let decisionName = "decision"
    /// The feed of what firms confirm or dispute (企业确认). It is read whenever it is delivered.
    package static let confirmationName = "confirmation"
    /// The feed of what firms object to (异议). It is read whenever it is delivered.
    package static let objectionName = "objection"
    /// Feeds that are read whenever they are delivered, whatever the method asks.
    package static let volunteeredNames: Set = [confirmationName, objectionName]
    /// The feed of links that a person has confirmed (关联确认).
    package static let linkName = "link"
    /// The feed that says how readings of shared meters are divided (共用电表分摊).
    package static let meterShareName = "meter_share"
    /// Feeds that say where rows of other feeds belong: every run reads them, whatever its method asks.
    package static let linkingNames: Set = [linkName, meterShareName]
}

/// One column of a feed.
package struct FeedField: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// 18 characters with a GB 32100 check digit.
        case creditCode
        /// A decimal with this many places; stored times 10^places. `decimal(0)` is a whole number.
        case decimal(Int)
        /// `2022-03`; stored as year × 12 + month − 1.
        case month
        /// `2022`; stored as it is.
        case year
        /// `2022-03-31`; stored as days since 1970-01-01.
        case date
        /// A text that expressions compare: stored as an index into the column's dictionary.
        case category
        /// A text that is only kept or skipped.
        case text
    }

    /// Code name: `vat_net`.
    package let name: String
    /// The header as the department sends it: 增值税净入库.
    package let header: String
    package var kind: Kind
    /// Unit of a decimal; `nil` for everything else.
    package let unit: Unit?
    /// A blank in a required field refuses the row.
    package let required: Bool
    /// Plausible range of a decimal in scaled integers; a value outside it refuses the row.
    package let range: ClosedRange<Int64>
    /// The only values that a category may take; empty means any.
    package let allowed: [String]
    /// Other headers of the column, each with its unit.
    package var aliases: [HeaderAlias] = []
    /// The width that brackets have in this text, when the other one is taken as well; `nil` to leave them alone.
    package var brackets: Brackets?

    package enum Brackets: String, Sendable { case half, full }
    /// A file need not have the column; without it, the field is blank.
    package let isOptional: Bool

    package init(
        name: String, header: String, kind: Kind, unit: Unit?, required: Bool, range: ClosedRange<Int64>,
        allowed: [String], isOptional: Bool = false
    ) {
        self.name = name
        self.header = header
        self.kind = kind
        self.unit = unit
        self.required = required
        self.range = range
        self.allowed = allowed
        self.isOptional = isOptional
    }
}
