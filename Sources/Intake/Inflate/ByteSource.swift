/// The rows of one delivered file as CSV, in order, whatever holds them.
final class ByteSource {
    private let stream: any ByteStream
    private var expansion: Expansion
    private var isStart = true

    /// `table` names a member of a zip file or a sheet of a workbook; empty for the only or first one.
    init(
        path: String, container: Container, table: String = "", inputSize: Int = 256 << 10,
        maxExpanded: Int = Expansion.maxBytes
    ) throws(Damage) {
        let file: InputFile
        do {
            file = try InputFile(path)
        } catch {
            throw .unreadable(error)
        }
        do throws(Damage) {
            let expansion = Expansion(packed: try file.size(), maxBytes: maxExpanded)
            self.expansion = expansion
            let kind = try FileKind(file)
            if let kind, !kind.isHeld(by: container) { throw .container(container, kind) }
            switch container {
            case .csv: stream = PlainStream(file)
            case .gzip: stream = GzipStream(file, inputSize: inputSize)
            case .zip:
                stream = try ZipArchive(file).table(table)
                file.close()
            case .xlsx:
                stream = try SheetStream(ZipArchive(file), sheet: table, expansion)
                file.close()
            }
        } catch {
            file.close()
            throw error
        }
    }

    /// How many bytes were put into the buffer; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(Damage) -> Int {
        let count = try stream.read(into: buffer)
        try expansion.add(count)
        if isStart {
            isStart = false
            let kind = FileKind(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            if let kind, !kind.isHeld(by: .csv) { throw .container(.csv, kind) }
        }
        return count
    }
}

/// One way in which bytes lie in a file. Owns the file and closes it.
protocol ByteStream: AnyObject {
    /// How many bytes were put into the buffer; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(Damage) -> Int
}

/// A file that is not packed.
final class PlainStream: ByteStream {
    private let file: InputFile

    init(_ file: InputFile) { self.file = file }

    deinit { file.close() }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(Damage) -> Int {
        do {
            return try file.read(into: buffer)
        } catch {
            throw .unreadable(error)
        }
    }
}

/// How many bytes a file may become: a bomb is small and unpacks to gigabytes.
struct Expansion {
    /// More than any feed of a province has.
    static let maxBytes = 64 << 30
    /// CSV packs to a tenth or a twentieth.
    static let maxRatio = 200
    /// Below this nothing is said about the ratio.
    static let small = 8 << 20

    private let maxBytes: Int
    private let maxByRatio: Int
    private var bytes = 0

    /// `packed` is the size of the delivered file, whatever it says about itself.
    init(packed: Int, maxBytes: Int = Expansion.maxBytes) {
        self.maxBytes = maxBytes
        let (product, overflow) = packed.multipliedReportingOverflow(by: Expansion.maxRatio)
        maxByRatio = overflow ? Int.max : max(product, Expansion.small)
    }

    mutating func add(_ count: Int) throws(Damage) {
        bytes += count
        guard bytes <= maxBytes else { throw .tooLarge }
        guard bytes <= maxByRatio else { throw .ratio }
    }
}
