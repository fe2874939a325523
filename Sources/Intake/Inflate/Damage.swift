/// Why the rows of a file end before the file does.
enum Damage: Error, Equatable {
    case unreadable(IntakeError)
    case gzipTruncated
    case gzipCorrupt
    case gzipTrailing
    case tooLarge
    case ratio
    /// The file is not what its name says.
    case container(Container, FileKind)
    case zip(ZipDamage)
    case sheet(SheetDamage)

    /// What is said about it; `nil` when the file cannot be read at all.
    var message: Message? {
        switch self {
        case .unreadable: nil
        case .gzipCorrupt: .gzipCorrupt
        case .gzipTrailing: .gzipTrailing
        case .gzipTruncated: .gzipTruncated
        case .tooLarge: .fileTooLarge
        case .ratio: .ratioTooHigh(limit: Expansion.maxRatio)
        case .container(let container, let kind):
            .containerDiffers(container.suffix, found: (kind.chinese, kind.english))
        case .zip(let damage): damage.message
        case .sheet(let damage): damage.message
        }
    }

    /// Row of the sheet; 0 where it says nothing.
    var line: Int {
        switch self {
        case .sheet(.rowTooLong(let line)), .sheet(.tooManyColumns(let line)): line
        default: 0
        }
    }
}

/// What is wrong with a zip file.
enum ZipDamage: Error, Equatable {
    case checksum
    case corrupt
    case encrypted
    case memberDoubled(String)
    case memberMissing(String)
    case membersSeveral([String])
    case membersTooMany
    case method
    case path(String)
    case sizeDiffers
    case trailing
    case truncated

    var message: Message {
        switch self {
        case .checksum: .zipChecksum
        case .corrupt: .zipCorrupt
        case .encrypted: .zipEncrypted
        case .memberDoubled(let name): .zipMemberDoubled(RowText.shown(name))
        case .memberMissing(let name): .zipMemberMissing(RowText.shown(name))
        case .membersSeveral(let names): .zipMembersSeveral(names.prefix(5).map { RowText.shown($0) })
        case .membersTooMany: .zipMembersTooMany(limit: ZipArchive.maxMembers)
        case .method: .zipMethod
        case .path(let name): .zipPath(RowText.shown(name))
        case .sizeDiffers: .zipSizeDiffers
        case .trailing: .zipTrailing
        case .truncated: .zipTruncated
        }
    }
}

/// What is wrong with a workbook that is a proper zip file.
enum SheetDamage: Error, Equatable {
    case corrupt
    case rowTooLong(line: Int)
    case sheetMissing(String)
    case texts
    case tooManyColumns(line: Int)
    case unsafe

    var message: Message {
        switch self {
        case .corrupt: .xlsxCorrupt
        case .rowTooLong: .rowTooLong
        case .sheetMissing(let name): .sheetMissing(RowText.shown(name))
        case .texts: .xlsxTextsTooLarge(mebibytes: SharedTexts.maxBytes >> 20)
        case .tooManyColumns: .columnsTooMany(limit: Header.maxColumns)
        case .unsafe: .xlsxUnsafe
        }
    }
}
