/// One CSV file of a delivery while its rows are written.
///
/// A feed appends the fields of a row to `row` and calls ``endRow(adding:)``; full buffers go to the packer.
struct FeedFile: ~Copyable {
    var row = RowBuffer(capacity: 1 << 19)
    private var packed: PackedFile
    private let name: String
    private let isHeld: Bool
    private var isSpoiled = false
    private(set) var rows = 0
    private(set) var total: Int64 = 0

    /// A held file stays in memory until it ends, so that bad rows can be planted in it.
    init(named name: String, in folder: Folder, header: String, isHeld: Bool) throws(CountyError) {
        packed = try PackedFile.create(path: "\(folder.path)/\(name)")
        self.name = name
        self.isHeld = isHeld
        row.text(Array(header.utf8))
        row.newline()
    }

    /// Ends a row; `amount` goes into the file's control total.
    mutating func endRow(adding amount: Int64 = 0) throws(CountyError) {
        row.newline()
        rows += 1
        total += amount
        guard row.bytes.count > 1 << 18, !isHeld else { return }
        try packed.write(row.bytes)
        row.removeAll()
    }

    /// Puts spoiled rows in the place of what a held file holds.
    mutating func replaceHeld(_ spoiled: BadRows.Spoiled) throws(CountyError) {
        row.removeAll()
        row.text(spoiled.bytes)
        rows = spoiled.rows
        isSpoiled = !spoiled.expected.isEmpty
    }

    /// Puts the same rows in another form in the place of what a held file holds.
    mutating func replaceHeld(_ text: [UInt8]) {
        row.removeAll()
        row.text(text)
    }

    /// Packs the rest and describes the file for the manifest.
    consuming func finish() throws(CountyError) -> Resource {
        try packed.write(row.bytes)
        let digest = try packed.finish()
        return Resource(
            path: name, bytes: packed.bytes, digest: digest, rows: rows, total: isSpoiled ? nil : total)
    }
}

/// What the manifest says about one file.
struct Resource {
    let path: String
    let bytes: Int
    let digest: String
    let rows: Int
    /// Scaled; `nil` in a file with planted rows, whose total would not be the sum of its good rows.
    let total: Int64?
}
