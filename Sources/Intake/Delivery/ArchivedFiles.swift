package import Evaluation

/// The files of a recorded run, to be read once more from the archive.
extension Archive {
    /// What a run read, of the feeds that are asked for, verified by size and digest.
    ///
    /// - Parameters:
    ///   - files: the run's records, from the store.
    ///   - feeds: names of the feeds; the registry is always among them.
    ///   - dataYear: that of the run.
    /// - Throws: `unreadable` when the archive does not hold a file of the run, and `refused` when a file of the archive
    ///   is not what the run read, when this program does not know its feed, or when it cannot be told which of
    ///   two deliveries counted for a month.
    package static func survey(
        of files: [FileRecord], feeds: Set<String>, in folder: String, contracts: [FeedContract],
        dataYear: Int, threads: Int
    ) throws(IntakeError) -> Survey {
        let used = feeds.union([FeedContract.registryName]).union(FeedContract.linkingNames)
        var surveyed: [SurveyedFile] = []
        var problems: [IntakeError] = []
        for file in files where used.contains(file.feed) {
            do throws(IntakeError) {
                guard let feed = contracts.firstIndex(where: { $0.name == file.feed }) else {
                    throw .refused(
                        "\(file.delivery)/\(file.path): this program knows no feed `\(file.feed)`. "
                            + "Use the version that made the run.")
                }
                let found = try find(file, in: folder)
                let period = Period(from: file.periodFrom, to: file.periodTo)
                surveyed.append(
                    SurveyedFile(
                        feed: feed, delivery: file.delivery, path: file.path,
                        fullPath: found.path, sha256: file.sha256, bytes: file.bytes,
                        container: found.1,
                        encoding: try encoding(
                            of: found.path, found.1, TablePath.table(of: file.path), contracts[feed]),
                        period: period.map { $0.first...$0.last },
                        counting: try counting(of: file, period, among: files, contracts[feed], dataYear),
                        declaredRows: nil, declaredTotals: [:], stateOf: Day(file.stateOf)))
            } catch {
                problems.append(error)
            }
        }
        try IntakeError.throwAll(problems)
        try FileDigest.verify(surveyed, threads: threads, isArchived: true)
        return Survey(
            files: surveyed, findings: [], inputsDigest: Survey.inputsDigest(of: surveyed, contracts))
    }

    /// The store does not say how a file was encoded, but only one encoding gives the contract's header.
    static func encoding(
        of path: String, _ container: Container, _ table: String, _ contract: FeedContract
    ) throws(IntakeError) -> TextEncoding {
        guard container != .xlsx else { return .utf8 }
        do throws(Damage) {
            return try EncodingTrial.encoding(of: contract) { () throws(Damage) in
                try ByteSource(path: path, container: container, table: table)
            }
        } catch {
            if case .unreadable(let cause) = error { throw cause }
            // Whoever reads the file meets the damage again.
            return .utf8
        }
    }

    private static func counting(
        of file: FileRecord, _ period: Period?, among files: [FileRecord], _ contract: FeedContract,
        _ dataYear: Int
    ) throws(IntakeError) -> SurveyedFile.Counting {
        guard contract.addsUp == .flow else { return .all }
        guard contract.period.map({ contract.fields[$0].kind == .month }) ?? false else { return .dataYear }
        func months(_ period: Period?) -> UInt16 {
            var mask: UInt16 = 0
            for month in 0..<12 where period?.contains(dataYear * 12 + month) ?? false {
                mask |= 1 << UInt16(month)
            }
            return mask
        }
        var own = months(period)
        let whole = own
        for other in files where other.feed == file.feed && other.delivery != file.delivery {
            let others = months(Period(from: other.periodFrom, to: other.periodTo))
            guard whole & others != 0 else { continue }
            // A delivery all of whose months stand in a newer one does not count at all: so of two that both counted
            // the shorter is the newer.
            if others & ~whole == 0, others != whole {
                own &= ~others
            } else if whole & ~others != 0 || whole == others {
                throw .refused(
                    "\(file.delivery) and \(other.delivery) of the run have months in common, and the store does not "
                        + "say which of them counted there.")
            }
        }
        return .months(own)
    }
}
