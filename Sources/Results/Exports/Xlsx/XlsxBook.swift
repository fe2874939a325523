import CXlsxwriter
import Evaluation
import Foundation

/// An Excel workbook in the making. Its bytes follow from what is written into it alone: no clock is read.
///
/// A class, because the library's workbook must be freed once, and its temporary files removed.
final class XlsxBook {
    /// What a cell looks like.
    enum Style: Hashable {
        case title, header, text, prose, code, integer
        case decimal(Int)
        /// With a border, for sheets that are filled in by hand.
        indirect case framed(Style)
    }

    private var book: UnsafeMutablePointer<lxw_workbook>?
    private let folder: URL
    private var formats: [Style: UnsafeMutablePointer<lxw_format>] = [:]
    private let isStreaming: Bool

    private var file: URL { folder.appendingPathComponent("book.xlsx") }

    /// - Parameters:
    ///   - title: stands in the properties of the file.
    ///   - day: `2022-05-31`, by which the file calls itself created.
    ///   - isStreaming: whether rows are written in order and leave memory at once; for long tables of few sheets.
    init(title: String, day: String, isStreaming: Bool = true) throws {
        self.isStreaming = isStreaming
        // What the library puts aside is confidential too: a folder that nobody else can look into.
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mujun-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch {
            throw XlsxBook.cannotWrite(folder.path, error.localizedDescription)
        }
        book = folder.path.withCString { path in
            var options = lxw_workbook_options()
            options.constant_memory = isStreaming ? 1 : 0
            options.tmpdir = UnsafeMutablePointer(mutating: path)
            return workbook_new_opt(file.path, &options)
        }
        guard book != nil else { throw XlsxBook.cannotWrite(file.path, "no memory") }
        var properties = lxw_doc_properties()
        properties.created = time_t((Day(day)?.number ?? 0) * 86_400)
        try title.withCString { title in
            properties.title = UnsafeMutablePointer(mutating: title)
            try check(workbook_set_properties(book, &properties))
        }
    }

    deinit {
        if let book { lxw_workbook_free(book) }
        try? FileManager.default.removeItem(at: folder)
    }

    /// Adds a sheet: A4 on its side, as wide as one page, pages numbered.
    /// - Parameter name: cut and cleaned to what Excel takes for a name; must differ from those of other sheets.
    func addSheet(_ name: String) throws -> XlsxSheet {
        guard let sheet = workbook_add_worksheet(book, XlsxBook.sheetName(name)) else {
            throw StoreError(kind: .internal, description: "No sheet can be called \(name).")
        }
        worksheet_set_landscape(sheet)
        worksheet_set_paper(sheet, 9)
        worksheet_fit_to_pages(sheet, 1, 0)
        try check(worksheet_set_footer(sheet, "&C&P / &N"))
        return XlsxSheet(sheet, self)
    }

    /// 31 characters (UTF-16) at most, without those that a reference to a sheet is made of.
    static func sheetName(_ name: String) -> String {
        var short = ""
        var length = 0
        for character in name.map({ "[]:*?/\\'".contains($0) ? "_" : $0 }) {
            length += character.utf16.count
            if length > 31 { break }
            short.append(character)
        }
        return short.isEmpty ? "_" : short
    }

    func format(_ style: Style) -> UnsafeMutablePointer<lxw_format>? {
        if let known = formats[style] { return known }
        guard let format = workbook_add_format(book) else { return nil }
        set(style, of: format)
        formats[style] = format
        return format
    }

    private func set(_ style: Style, of format: UnsafeMutablePointer<lxw_format>) {
        switch style {
        case .title:
            format_set_bold(format)
            format_set_font_size(format, 14)
        case .header:
            format_set_bold(format)
            format_set_text_wrap(format)
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_bg_color(format, 0xE7_E6E6)
        case .text: format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        case .prose:
            format_set_text_wrap(format)
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        case .code: format_set_num_format(format, "@")
        case .integer: format_set_num_format(format, "0")
        case .decimal(let places):
            format_set_num_format(
                format, places > 0 ? "0." + String(repeating: "0", count: places) : "0")
        case .framed(let inner):
            set(inner, of: format)
            format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
        }
    }

    /// Packs the workbook and hands it over, a block at a time.
    func finalize(to sink: ByteSink) throws {
        guard let book else { return }
        self.book = nil
        try check(workbook_close(book))
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        while let block = try handle.read(upToCount: 1 << 18), !block.isEmpty {
            try sink(ArraySlice(block))
        }
    }

    func check(_ error: lxw_error) throws {
        guard error != LXW_NO_ERROR else { return }
        let reason = String(cString: lxw_strerror(error))
        switch error {
        case LXW_ERROR_CREATING_XLSX_FILE, LXW_ERROR_CREATING_TMPFILE, LXW_ERROR_READING_TMPFILE,
            LXW_ERROR_ZIP_FILE_OPERATION, LXW_ERROR_ZIP_FILE_ADD, LXW_ERROR_ZIP_CLOSE:
            throw XlsxBook.cannotWrite(folder.path, reason)
        case LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE:
            throw StoreError(
                kind: .cannotWrite,
                description: "A sheet holds 1,048,576 rows, and this export has more. Export it as csv.")
        default: throw StoreError(kind: .internal, description: "The workbook failed: \(reason)")
        }
    }

    private static func cannotWrite(_ path: String, _ reason: String) -> StoreError {
        StoreError(
            kind: .cannotWrite,
            description: "Cannot write \(path): \(reason). Check free space, and the folder TMPDIR.")
    }
}
