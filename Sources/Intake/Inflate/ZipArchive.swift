import CZip

/// A zip file, opened for reading: its members are checked before any of them is unpacked. Nothing is ever written
/// under a member's name.
final class ZipArchive {
    static let maxMembers = 1000

    struct Member: Equatable {
        fileprivate let index: UInt64
        /// As it stands in the file, in whatever encoding.
        let name: [UInt8]
        /// What the file says of it, to be believed of no file.
        fileprivate let size: UInt64
        fileprivate let isEncrypted: Bool
        fileprivate let isReadable: Bool

        var text: String { String(decoding: name, as: UTF8.self) }
    }

    fileprivate let handle: OpaquePointer
    let members: [Member]

    /// The file may be closed afterwards.
    init(_ file: InputFile) throws(Damage) {
        try ZipDirectory.check(file)
        var code: Int32 = 0
        guard let handle = zip_open(file.path, ZIP_RDONLY, &code) else {
            switch code {
            case ZIP_ER_OPEN, ZIP_ER_READ, ZIP_ER_SEEK, ZIP_ER_MEMORY:
                throw .unreadable(.unreadable(file.path, "the zip file cannot be opened (libzip \(code))"))
            default: throw .zip(.corrupt)
            }
        }
        self.handle = handle
        do throws(ZipDamage) {
            members = try ZipArchive.members(of: handle)
        } catch {
            zip_discard(handle)
            throw .zip(error)
        }
    }

    deinit { zip_discard(handle) }

    private static func members(of handle: OpaquePointer) throws(ZipDamage) -> [Member] {
        let count = zip_get_num_entries(handle, 0)
        guard count >= 0, count <= maxMembers else { throw .membersTooMany }
        var members: [Member] = []
        var names: Set<[UInt8]> = []
        for index in 0..<UInt64(count) {
            var about = zip_stat_t()
            let wanted = UInt64(ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD)
            guard zip_stat_index(handle, index, 0, &about) == 0, about.valid & wanted == wanted,
                let raw = zip_get_name(handle, index, UInt32(ZIP_FL_ENC_RAW))
            else { throw .corrupt }
            let name = String.bytes(raw)
            let member = Member(
                index: index, name: name, size: about.size,
                isEncrypted: about.encryption_method != UInt16(ZIP_EM_NONE),
                isReadable: about.comp_method == UInt16(ZIP_CM_STORE)
                    || about.comp_method == UInt16(ZIP_CM_DEFLATE))
            guard staysInside(name) else { throw .path(member.text) }
            guard names.insert(name).inserted else { throw .memberDoubled(member.text) }
            members.append(member)
        }
        return members
    }

    /// Whether a member's path has only plain components. A backslash counts where the name is UTF-8; in GBK it is
    /// half of a character.
    private static func staysInside(_ name: [UInt8]) -> Bool {
        let isFolder = name.last == UInt8(ascii: "/")
        let parts = name.dropLast(isFolder ? 1 : 0).split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isText = String(validating: name, as: UTF8.self) != nil
        return parts.allSatisfy { part in
            !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        } && !(isText && name.contains(UInt8(ascii: "\\")))
    }

    /// The member of this name, or the only CSV file when the name is empty.
    func table(_ name: String) throws(Damage) -> ZipStream {
        guard name.isEmpty else {
            guard let member = member(name) else { throw .zip(.memberMissing(name)) }
            return try open(member)
        }
        let tables = members.filter { $0.isTable }
        guard let first = tables.first else {
            if member("[Content_Types].xml") != nil { throw .container(.zip, .workbook) }
            throw .zip(.memberMissing("*.csv"))
        }
        guard tables.count == 1 else { throw .zip(.membersSeveral(tables.map(\.text))) }
        return try open(first)
    }

    func member(_ name: String) -> Member? { members.first { $0.name.elementsEqual(name.utf8) } }

    func open(_ member: Member) throws(Damage) -> ZipStream {
        guard !member.isEncrypted else { throw .zip(.encrypted) }
        guard member.isReadable else { throw .zip(.method) }
        guard let stream = zip_fopen_index(handle, member.index, 0) else { throw .zip(.corrupt) }
        return ZipStream(self, stream, size: member.size)
    }
}

extension ZipArchive.Member {
    /// A CSV file; not what macOS adds beside it.
    fileprivate var isTable: Bool {
        let parts = name.split(separator: UInt8(ascii: "/"))
        return name.suffix(4).map { $0 | 0x20 }.elementsEqual(".csv".utf8)
            && !(parts.last?.first == Ascii.point) && !(parts.first?.elementsEqual("__MACOSX".utf8) ?? false)
    }
}

/// One member of a zip file, unpacked; its size and checksum are compared at its end.
final class ZipStream: ByteStream {
    private let archive: ZipArchive
    private let stream: OpaquePointer
    private let size: UInt64
    private var count: UInt64 = 0

    fileprivate init(_ archive: ZipArchive, _ stream: OpaquePointer, size: UInt64) {
        self.archive = archive
        self.stream = stream
        self.size = size
    }

    deinit { zip_fclose(stream) }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(Damage) -> Int {
        guard let start = buffer.baseAddress, !buffer.isEmpty else { return 0 }
        let found = zip_fread(stream, start, UInt64(buffer.count))
        guard found >= 0 else {
            var code: Int32 = 0
            zip_file_error_get(stream, &code, nil)
            switch code {
            case ZIP_ER_CRC: throw .zip(.checksum)
            case ZIP_ER_INCONS: throw .zip(.sizeDiffers)
            case ZIP_ER_EOF: throw .zip(.truncated)
            default: throw .zip(.corrupt)
            }
        }
        count += UInt64(found)
        guard found == 0 ? count == size : count <= size else { throw .zip(.sizeDiffers) }
        return Int(found)
    }
}

extension String {
    /// The bytes of a C string.
    static func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
        var bytes: [UInt8] = []
        var next = text
        while next.pointee != 0 {
            bytes.append(UInt8(bitPattern: next.pointee))
            next += 1
        }
        return bytes
    }
}
