/// How a row of a feed found its firm, or why it found none; in the order in which ways are tried.
package enum LinkWay: UInt8, Sendable, CaseIterable, Comparable {
    /// The credit code, character by character.
    case code
    /// A person has said which firm is meant (feed `link`).
    case confirmed
    /// The organisation code inside the credit code, which exactly one firm has.
    case organisation
    /// The registry names a successor of the firm.
    case successor
    /// Other rows of the same meter account, or of the same certificate, have a code.
    case meter
    case certificate
    /// The name, which exactly one firm has.
    case name
    /// A reading of a meter that several firms share.
    case share
    /// No code, and nothing else led to a firm.
    case blank
    /// A code that the registry does not know, and nothing else led to a firm.
    case unknown
    /// Several firms could be meant.
    case ambiguous

    package var findsFirm: Bool { self < .blank }

    /// In Chinese, as reports print it.
    package var label: String {
        switch self {
        case .code: "信用代码"
        case .confirmed: "人工确认"
        case .organisation: "组织机构代码"
        case .successor: "承继企业"
        case .meter: "户号"
        case .certificate: "不动产权证号"
        case .name: "企业名称"
        case .share: "共用电表"
        case .blank: "未填代码"
        case .unknown: "名录中没有"
        case .ambiguous: "不能唯一确定"
        }
    }

    /// As contracts, tables and programs call it.
    package var name: String {
        switch self {
        case .code: "code"
        case .confirmed: "confirmed"
        case .organisation: "organisation"
        case .successor: "successor"
        case .meter: "meter"
        case .certificate: "certificate"
        case .name: "name"
        case .share: "share"
        case .blank: "blank"
        case .unknown: "unknown"
        case .ambiguous: "ambiguous"
        }
    }

    package init?(name: String) {
        guard let way = LinkWay.allCases.first(where: { $0.name == name }) else { return nil }
        self = way
    }

    package static func < (a: LinkWay, b: LinkWay) -> Bool { a.rawValue < b.rawValue }
}
