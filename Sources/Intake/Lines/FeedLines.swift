package import Evaluation
import Synchronization

/// The feed lines behind a firm's values, from the archived files of a recorded run.
package enum FeedLines {
    /// Every row that was linked to the firm through one of its feed's relations, in order of feed, delivery, path,
    /// line. Nothing per line is stored: the files are read again, on all cores.
    ///
    /// - Parameters:
    ///   - code: the firm's credit code; other texts belong to no row.
    ///   - files: the run's records, from the store.
    ///   - links: what was delivered in place of the firm's code, from the store.
    ///   - archive: the folder that ``Archive/keep(_:in:)`` filled.
    ///   - dataYear, asOf: those of the run; they decide what a line's fate says.
    /// - Throws: `unreadable` when the archive does not hold a file of the run, and `refused` when a file of the
    ///   archive is not what the run read.
    package static func find(
        code: String, in files: [FileRecord], links: [LinkEntry] = [], archive: String,
        contracts: [FeedContract], dataYear: Int, asOf: Day, threads: Int
    ) throws(IntakeError) -> [FeedLine] {
        guard let firm = FirmKey(Array(code.utf8)) else { return [] }
        let months = try ShareMonths(
            code: code, links: links, in: files, archive: archive, contracts: contracts, dataYear: dataYear,
            asOf: asOf)
        var readers: [LineReader] = []
        for file in files {
            guard let contract = contracts.first(where: { $0.name == file.feed }) else {
                throw .refused(
                    "\(file.delivery)/\(file.path): this program knows no feed `\(file.feed)`. "
                        + "Use the version that made the run.")
            }
            let plan = FeedPlan(feed: 0, contract: contract, columns: [], dataYear: dataYear, asOf: asOf)
            let others = files.filter { $0.feed == file.feed && $0.delivery != file.delivery }
            let own = links.filter { $0.feed == file.feed && $0.firm == code }
            readers.append(
                LineReader(
                    file, plan, firm, links: LinkMatches(own, contract) { months[$0] }, others: others,
                    archive: archive))
        }
        let found = Mutex<[Int: Result<[FeedLine], IntakeError>]>([:])
        let order = readers.indices.sorted { readers[$0].file.bytes > readers[$1].file.bytes }
        Parallel.forEach(order, threads: threads) { [readers] index in
            let result = Result { () throws(IntakeError) in try readers[index].read() }
            found.withLock { $0[index] = result }
        }
        var lines: [FeedLine] = []
        for (_, result) in found.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            lines += try result.get()
        }
        return lines.sorted {
            ($0.feed, $0.delivery, $0.path, $0.line) < ($1.feed, $1.delivery, $1.path, $1.line)
        }
    }
}

/// Looks for the rows of one firm in one archived file.
struct LineReader: Sendable {
    static let maxText = 2000

    let file: FileRecord
    private let plan: FeedPlan
    private let firm: FirmKey?
    private let links: LinkMatches
    private let period: Period?
    /// Periods of the run's other deliveries of a flow.
    private let otherPeriods: [Period]
    private let archive: String

    init(
        _ file: FileRecord, _ plan: FeedPlan, _ firm: FirmKey?, links: LinkMatches, others: [FileRecord],
        archive: String
    ) {
        self.links = links
        self.file = file
        self.plan = plan
        self.firm = firm
        self.archive = archive
        period = Period(from: file.periodFrom, to: file.periodTo)
        otherPeriods =
            plan.contract.addsUp == .flow && plan.periodIsMonth
            ? others.compactMap { Period(from: $0.periodFrom, to: $0.periodTo) } : []
    }

    func read() throws(IntakeError) -> [FeedLine] {
        let (path, container) = try Archive.find(file, in: archive)
        guard try FileDigest.measure(path) == (file.bytes, file.sha256) else {
            throw .refused(
                "\(path): the archived file is not what the run read as \(file.delivery)/\(file.path). "
                    + "Restore the archive from a backup.")
        }
        let encoding = try Archive.encoding(
            of: path, container, TablePath.table(of: file.path), plan.contract)
        var found: [FeedLine]?
        do throws(Damage) {
            found = try lines(path, container, encoding)
        } catch {
            if case .unreadable(let cause) = error { throw cause }
        }
        guard let found else {
            throw .refused(
                "\(path): this program cannot read \(file.delivery)/\(file.path) as the feed `\(file.feed)`. "
                    + "Use the version that made the run.")
        }
        return found
    }

    /// `nil` when the header does not satisfy the contract.
    private func lines(
        _ path: String, _ container: Container, _ encoding: TextEncoding
    ) throws(Damage) -> [FeedLine]? {
        let table = TablePath.table(of: file.path)
        let source = try ByteSource(path: path, container: container, table: table)
        let chunk = try Chunk(source, encoding: encoding)
        try chunk.begin()
        var log = FindingLog(feed: file.feed, delivery: file.delivery, file: file.path)
        guard let header = try Header(chunk, contract: plan.contract, log: &log) else { return nil }
        let title = header.texts.joined(separator: ",")
        let columns = plan.contract.relations.map { header.columns[$0.field] }
        let fields = plan.contract.fields
        let batch = RowBatch(width: header.width, capacity: 2048, endsWithLastValue: container == .xlsx)
        let decoded = DecodedRows(fields: fields.count, slots: 0, capacity: batch.capacity)
        var decoders = fields.indices.map { field in
            ColumnDecoder(
                header, field: field, dictionary: plan.dictionaries[field], scan: plan.scan(field))
        }
        let leniencies = plan.contract.leniencies
        let mender = leniencies.isEmpty ? nil : FieldMender(leniencies, header, chunk)
        let elsewhere = plan.contract.links
        let linking = Set(
            (leniencies.isEmpty
                ? []
                : plan.contract.relations.map(\.field)
                    + [elsewhere.anchor, elsewhere.name].compactMap(\.self))
                + [links.needed].compactMap(\.self)
        ).sorted()
        var lines: [FeedLine] = []
        while true {
            let end = chunk.split(into: batch)
            // What leads to a firm in another form than the exact one is put into it here.
            for field in linking {
                decoders[field].decode(
                    batch, in: chunk.bytes, into: decoded.column(field), mender: mender)
            }
            let months = links.needed.map { UnsafePointer(decoded.column($0)) }
            let own = rows(of: batch, columns, header, in: chunk.bytes, months)
            if !own.isEmpty {
                for field in fields.indices {
                    if linking.contains(field) { continue }
                    decoders[field].decode(
                        batch, in: chunk.bytes, into: decoded.column(field), mender: mender)
                }
            }
            for row in own {
                lines.append(
                    FeedLine(
                        feed: file.feed, delivery: file.delivery, path: file.path, line: batch.lines[row],
                        header: title,
                        text: header.masked(row, of: batch, in: chunk.bytes, limit: LineReader.maxText),
                        fate: fate(row, of: batch, decoded),
                        fields: exact(row, of: batch, decoded, header, in: chunk.bytes)))
            }
            if end == .full { continue }
            guard !chunk.isLast, try chunk.refill() else { return lines }
        }
    }

    /// The fields of a row, as ``FeedLine/fields`` holds them; all leniencies are mended by now.
    private func exact(
        _ row: Int, of batch: RowBatch, _ decoded: DecodedRows, _ header: Header,
        in bytes: UnsafePointer<UInt8>
    ) -> [String] {
        guard batch.states[row].isDisjoint(with: [.wrongWidth, .strayQuote]) else { return [] }
        return plan.contract.fields.indices.map { field in
            let value = decoded.column(field)[row]
            guard !value.isMissing else { return "" }
            switch plan.contract.fields[field].kind {
            case .decimal(let places): return ControlTotals.text(Int128(value), places: places)
            case .month: return Period.text(Int(value))
            case .year: return String(value)
            case .date: return Day(number: value).description
            case .creditCode, .category, .text:
                return RowText.row(
                    header.span(row, field, of: batch).content(in: bytes), LineReader.maxText)
            }
        }
    }

    /// Links as `FirmTable` does: 18 bytes, as they stand between the quotes; and as the run did where that found no firm.
    private func rows(
        of batch: RowBatch, _ columns: [Int], _ header: Header, in bytes: UnsafePointer<UInt8>,
        _ months: UnsafePointer<Int64>?
    ) -> [Int] {
        (0..<batch.count).filter { row in
            if !links.isEmpty, links.fits(row, batch, header, bytes, month: months?[row]) { return true }
            return columns.contains { column in
                let span = batch.span(row, column)
                return span.count == CreditCode.length && firm != nil
                    && FirmKey(bytes + Int(span.start)) == firm
            }
        }
    }

    private func fate(_ row: Int, of batch: RowBatch, _ decoded: DecodedRows) -> FeedLine.Fate {
        let contract = plan.contract
        var isCoveredTwice = false
        if let field = contract.period {
            let value = decoded.column(field)[row]
            if !value.isMissing {
                let value = Int(value)
                let isInside = plan.periodIsMonth ? period?.contains(value) : period?.contains(year: value)
                guard isInside ?? true else { return .refused }
                let year = plan.periodIsMonth ? value / 12 : value
                if contract.addsUp == .flow, year != plan.dataYear { return .outsideYear }
                isCoveredTwice = otherPeriods.contains { $0.contains(value) }
            }
        }
        guard batch.states[row].isDisjoint(with: .refused) else { return .refused }
        if isCoveredTwice { return .coveredTwice }
        return plan.isInForce({ decoded.column($0)[row] }) ? .counted : .notInForce
    }
}
