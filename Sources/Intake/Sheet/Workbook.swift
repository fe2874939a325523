/// Where the parts of a workbook lie, and which sheets it has.
struct Workbook {
    private let archive: ZipArchive
    private let expansion: Expansion
    private let folder: String
    private let parts: Relations
    private let book: BookPart

    init(_ archive: ZipArchive, _ expansion: Expansion) throws(Damage) {
        self.archive = archive
        self.expansion = expansion
        func read(_ path: String, _ handler: any XMLHandler) throws(Damage) -> Bool {
            guard let member = archive.member(path) else { return false }
            try XMLReader.read(archive.open(member), expansion, handler)
            return true
        }
        let roots = Relations()
        guard try read("_rels/.rels", roots), let path = roots.path(ofType: "/officeDocument", from: "")
        else {
            throw .container(.xlsx, .zip)
        }
        book = BookPart()
        guard !path.hasSuffix(".bin"), try read(path, book), book.isWorkbook else {
            throw .container(.xlsx, .zip)
        }
        let cut = path.lastIndex(of: "/")
        folder = cut.map { String(path[..<$0]) } ?? ""
        let name = cut.map { path[path.index(after: $0)...] } ?? path[...]
        parts = Relations()
        guard try read((folder.isEmpty ? "" : folder + "/") + "_rels/\(name).rels", parts) else {
            throw .sheet(.corrupt)
        }
    }

    /// Whether days count from 1904 instead of 1900.
    var countsFrom1904: Bool { book.countsFrom1904 }

    /// The sheet of this name, or the first that is not hidden.
    func sheet(_ name: String) throws(Damage) -> any ByteStream {
        let found = book.sheets.first { name.isEmpty ? !$0.isHidden : $0.name == name }
        guard let found else { throw .sheet(.sheetMissing(name)) }
        // A chart can be a sheet too.
        guard let path = parts.path(ofId: found.id, type: "/worksheet", from: folder) else {
            throw .sheet(.sheetMissing(found.name))
        }
        guard let member = archive.member(path) else { throw .sheet(.corrupt) }
        return try archive.open(member)
    }

    func texts() throws(Damage) -> SharedTexts {
        let texts = SharedTexts()
        try read("/sharedStrings", texts)
        if let damage = texts.damage { throw .sheet(damage) }
        return texts
    }

    func formats() throws(Damage) -> [NumberFormat] {
        let styles = StylePart()
        try read("/styles", styles)
        if styles.isTooLarge { throw .sheet(.corrupt) }
        return styles.formats
    }

    private func read(_ type: String, _ handler: any XMLHandler) throws(Damage) {
        guard let path = parts.path(ofType: type, from: folder) else { return }
        guard let member = archive.member(path) else { throw .sheet(.corrupt) }
        try XMLReader.read(archive.open(member), expansion, handler)
    }
}

/// Which part belongs to which: a `.rels` part.
private final class Relations: XMLHandler {
    private static let most = 10_000
    private var list: [(id: String, type: String, target: String)] = []

    var isFull: Bool { false }
    var isDone: Bool { false }

    func start(_ name: XMLName, _ attributes: XMLAttributes) {
        guard name == "Relationship", list.count < Relations.most, let id = attributes.string("Id"),
            let type = attributes.string("Type"), let target = attributes.string("Target")
        else { return }
        list.append((id, type, target))
    }

    func end(_ name: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

    func path(ofType type: String, from folder: String) -> String? {
        list.first { $0.type.hasSuffix(type) }.flatMap { Relations.path($0.target, from: folder) }
    }

    func path(ofId id: String, type: String, from folder: String) -> String? {
        list.first { $0.id == id && $0.type.hasSuffix(type) }.flatMap {
            Relations.path($0.target, from: folder)
        }
    }

    /// `../a/b.xml` seen from a folder, `/a/b.xml` from the root.
    private static func path(_ target: String, from folder: String) -> String? {
        var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/")
        for part in target.split(separator: "/") where part != "." {
            guard part == ".." else {
                parts.append(part)
                continue
            }
            guard parts.popLast() != nil else { return nil }
        }
        return parts.joined(separator: "/")
    }
}

/// `xl/workbook.xml`.
private final class BookPart: XMLHandler {
    private static let most = 10_000
    private(set) var isWorkbook = false
    private(set) var countsFrom1904 = false
    private(set) var sheets: [(name: String, id: String, isHidden: Bool)] = []

    var isFull: Bool { false }
    var isDone: Bool { false }

    func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "workbook" {
            isWorkbook = true
        } else if name == "workbookPr" {
            countsFrom1904 = ["1", "true", "on"].contains(attributes.string("date1904") ?? "")
        } else if name == "sheet", sheets.count < BookPart.most, let own = attributes.string("name"),
            let id = attributes.string("id")
        {
            sheets.append((own, id, !["", "visible"].contains(attributes.string("state") ?? "")))
        }
    }

    func end(_ name: XMLName) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
