/// The end of a zip file, looked at before the library reads its directory, which it would take at its word.
struct ZipDirectory {
    /// End record, and the longest comment that may follow it.
    private static let tail = 22 + 0xffff
    /// Names and extra fields of the members that are allowed take less.
    private static let maxBytes = 8 << 20

    /// Throws when the file is cut off, goes on after its end, or announces too many members.
    static func check(_ file: InputFile) throws(Damage) {
        let size = try file.size()
        let tail = try file.bytes(at: max(0, size - ZipDirectory.tail), count: ZipDirectory.tail)
        var isFollowed = false
        var at = tail.count - 22
        while at >= 0 {
            defer { at -= 1 }
            guard tail[at] == 0x50, tail[at + 1] == 0x4b, tail[at + 2] == 5, tail[at + 3] == 6 else {
                continue
            }
            let end = at + 22 + tail.number(at + 20, 2)
            if end == tail.count {
                try check(Array(tail[at...]), at: size - tail.count + at, size, of: file)
                return
            }
            if end < tail.count { isFollowed = true }
        }
        throw .zip(isFollowed ? .trailing : .truncated)
    }

    private static func check(_ end: [UInt8], at position: Int, _ size: Int, of file: InputFile)
        throws(Damage)
    {
        var members = end.number(10, 2)
        var bytes = end.number(12, 4)
        var start = end.number(16, 4)
        var position = position
        guard end.number(4, 2) == end.number(6, 2), end.number(8, 2) == members else { throw .zip(.corrupt) }
        if members == 0xffff || bytes == 0xffff_ffff || start == 0xffff_ffff {
            // The numbers stand in a larger record, and where that is stands in front of this one.
            guard position >= 20 else { throw .zip(.corrupt) }
            let locator = try file.bytes(at: position - 20, count: 20)
            guard locator.starts(with: [0x50, 0x4b, 6, 7]) else { throw .zip(.corrupt) }
            position = locator.number(8, 8)
            guard position < size else { throw .zip(.corrupt) }
            let record = try file.bytes(at: position, count: 56)
            guard record.count == 56, record.starts(with: [0x50, 0x4b, 6, 6]) else { throw .zip(.corrupt) }
            members = record.number(32, 8)
            bytes = record.number(40, 8)
            start = record.number(48, 8)
        }
        guard members <= ZipArchive.maxMembers, bytes <= ZipDirectory.maxBytes else {
            throw .zip(.membersTooMany)
        }
        let (directoryEnd, overflow) = start.addingReportingOverflow(bytes)
        guard !overflow, directoryEnd <= position else { throw .zip(.corrupt) }
        // Something in front of the first member, or between the members' list and its end.
        guard directoryEnd == position else { throw .zip(.trailing) }
    }
}

extension [UInt8] {
    /// The number in `count` bytes from `at`, the lowest first; what does not fit or is not there is the greatest number.
    fileprivate func number(_ at: Int, _ count: Int) -> Int {
        guard at + count <= self.count else { return Int.max }
        var number: UInt64 = 0
        for index in (at..<at + count).reversed() { number = number << 8 | UInt64(self[index]) }
        return Int(clamping: number)
    }
}
