/// What a file is by its first bytes, whatever its name says.
enum FileKind: Equatable {
    case gzip, zip, workbook
    /// Excel 97–2003, and workbooks with a password.
    case oldWorkbook
    case html, xml, pdf, rar, sevenZip
    /// No signature, and nothing that text does not have.
    case text

    private static let looked = 512

    init?(_ file: InputFile) throws(Damage) {
        let start = try file.bytes(at: 0, count: FileKind.looked)
        guard let kind = start.withUnsafeBytes({ FileKind($0) }) else { return nil }
        self = kind
    }

    /// `nil` for an empty file and for bytes that say nothing.
    init?(_ bytes: UnsafeRawBufferPointer) {
        let start = bytes.prefix(FileKind.looked)
        func begins(_ signature: [UInt8]) -> Bool { start.starts(with: signature) }
        func begins(_ text: String) -> Bool {
            let blanks: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]
            return start.drop { blanks.contains($0) }.prefix(text.utf8.count).map { $0 | 0x20 }
                .elementsEqual(text.utf8.map { $0 | 0x20 })
        }
        if start.isEmpty { return nil }
        if begins([0x1f, 0x8b]) {
            self = .gzip
        } else if begins([0x50, 0x4b, 3, 4]) || begins([0x50, 0x4b, 5, 6]) {
            self = start.dropFirst(30).starts(with: "[Content_Types].xml".utf8) ? .workbook : .zip
        } else if begins([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
            self = .oldWorkbook
        } else if begins("<?xml") {
            self = .xml
        } else if begins("<html") || begins("<!doctype html") || begins("<table") || begins("<meta") {
            self = .html
        } else if begins(Array("%PDF-".utf8)) {
            self = .pdf
        } else if begins(Array("Rar!".utf8)) {
            self = .rar
        } else if begins([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]) {
            self = .sevenZip
        } else if start.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || [0x09, 0x0a, 0x0d].contains($0) }) {
            self = .text
        } else {
            return nil
        }
    }

    /// Whether a file of such a name may begin like this. What a zip file holds is looked at when it is opened.
    func isHeld(by container: Container) -> Bool {
        switch container {
        case .csv: self == .text
        case .gzip: self == .gzip
        case .zip: self == .zip || self == .workbook
        case .xlsx: self == .zip || self == .workbook
        }
    }

    var chinese: String {
        switch self {
        case .gzip: "gzip压缩文件"
        case .zip: "zip压缩文件"
        case .workbook: "xlsx工作簿"
        case .oldWorkbook: "旧版Excel（xls）或加密的工作簿"
        case .html: "网页（HTML）"
        case .xml: "XML文件"
        case .pdf: "PDF文件"
        case .rar: "rar压缩文件"
        case .sevenZip: "7z压缩文件"
        case .text: "文本（如CSV）"
        }
    }

    var english: String {
        switch self {
        case .gzip: "a gzip file"
        case .zip: "a zip file"
        case .workbook: "an xlsx workbook"
        case .oldWorkbook: "an old workbook (xls), or one with a password"
        case .html: "a web page (HTML)"
        case .xml: "an XML file"
        case .pdf: "a PDF file"
        case .rar: "a rar file"
        case .sevenZip: "a 7z file"
        case .text: "text, such as CSV"
        }
    }
}
