package import Evaluation

/// A delivered file as the archive keeps it.
package struct ArchivedFile: Sendable, Equatable {
    /// Code name of the feed.
    package let feed: String
    package let delivery: String
    /// Path inside the delivery.
    package let path: String
    package let sha256: String

    package init(feed: String, delivery: String, path: String, sha256: String) {
        self.feed = feed
        self.delivery = delivery
        self.path = path
        self.sha256 = sha256
    }
}

/// One line of a feed that concerns a firm.
package struct FeedLine: Sendable, Equatable {
    package let feed: String
    package let delivery: String
    package let path: String
    /// Line of the unpacked file, from 1.
    package let line: Int
    /// The header and the row as delivered, personal columns masked, cut at 2,000 bytes.
    package let header: String
    package let row: String
}

/// Shows the feed lines behind a firm's values by reading the archived files again.
package enum FirmRows {
    /// The lines whose relation fields hold the code, in order of the files given, then line.
    ///
    /// Throws `unreadable` when the archive does not hold a file, and `refused` when a file is damaged.
    package static func lines(
        of code: String, in files: [ArchivedFile], contracts: [FeedContract], archive: String
    ) throws(IntakeError) -> [FeedLine] {
        let wanted = Array(code.utf8)
        var lines: [FeedLine] = []
        for file in files {
            guard let contract = contracts.first(where: { $0.name == file.feed }) else { continue }
            let packed = Archive.path(of: file.sha256, isPacked: true, in: archive)
            let plain = Archive.path(of: file.sha256, isPacked: false, in: archive)
            let isPacked = Archive.exists(packed)
            let path = isPacked ? packed : plain
            do throws(Damage) {
                try read(path, isPacked: isPacked, file, contract, wanted, into: &lines)
            } catch {
                if case .unreadable(let cause) = error { throw cause }
                throw .refused("\(path): the archived file is damaged (\(error)). Restore it from a backup.")
            }
        }
        return lines
    }

    private static func read(
        _ path: String, isPacked: Bool, _ file: ArchivedFile, _ contract: FeedContract, _ code: [UInt8],
        into lines: inout [FeedLine]
    ) throws(Damage) {
        let chunk = Chunk(try ByteSource(path: path, isPacked: isPacked))
        _ = try chunk.refill()
        chunk.skipByteOrderMark()
        var log = FindingLog(feed: file.feed, delivery: file.delivery, file: file.path)
        guard let header = try Header(chunk, contract: contract, log: &log) else { return }
        let title = header.texts.joined(separator: ",")
        let columns = contract.relations.map { header.columns[$0.field] }
        let batch = RowBatch(width: header.width, capacity: 2048)
        while true {
            let end = chunk.split(into: batch)
            for row in 0..<batch.count {
                let isWanted = columns.contains { column in
                    let span = batch.span(row, column)
                    guard span.count == code.count else { return false }
                    let bytes = UnsafeBufferPointer(start: chunk.bytes + Int(span.start), count: span.count)
                    return bytes.elementsEqual(code)
                }
                guard isWanted else { continue }
                lines.append(
                    FeedLine(
                        feed: file.feed, delivery: file.delivery, path: file.path, line: batch.lines[row],
                        header: title, row: header.masked(row, of: batch, in: chunk.bytes, limit: 2000)))
            }
            if end == .full { continue }
            guard !chunk.isLast, try chunk.refill() else { return }
        }
    }
}
