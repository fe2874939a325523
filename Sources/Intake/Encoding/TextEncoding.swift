/// How the characters of a delivered file are written as bytes, as its manifest says.
package enum TextEncoding: Sendable, Equatable, CaseIterable {
    case utf8
    /// GB18030, and GBK and GB 2312, which are parts of it.
    case gb18030

    /// Reads a manifest's `encoding`; `nil` for one that is not known.
    init?(manifest text: String) {
        switch text.lowercased() {
        case "utf-8", "utf8": self = .utf8
        case "gb18030", "gbk", "gb2312": self = .gb18030
        default: return nil
        }
    }

    /// As findings name it.
    var name: String {
        switch self {
        case .utf8: "utf-8"
        case .gb18030: "gb18030"
        }
    }
}
