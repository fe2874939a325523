import Foundation
import Intake
import Results

/// How a csv is written.
enum CSVEncoding: String, CaseIterable {
    case utf8 = "utf-8"
    case gb18030
}

/// Where the bytes of an export go: stdout, or a file that appears under its name only when it is complete.
enum OutputFile {
    /// - Parameters:
    ///   - path: `nil` for stdout.
    ///   - encoding: of the bytes, which `body` gives in UTF-8, whole characters at a time.
    ///   - mode: rights of the file, less what umask takes away.
    ///   - body: gives the bytes; when it throws, a file of that name stays as it was.
    /// - Throws: ``Failure`` when nothing can be written there, and what `body` throws.
    static func write<Value>(
        _ path: String?, _ encoding: CSVEncoding = .utf8, mode: mode_t = 0o640,
        _ body: (ByteSink) throws -> Value
    ) throws -> Value {
        let writer = encoding == .gb18030 ? try GB18030Writer() : nil
        guard let path else {
            return try body { bytes in
                try StandardOutput.write(writer.map { $0.encoded(bytes)[...] } ?? bytes)
            }
        }
        let temporary = "\(path).\(getpid()).tmp"
        LeftOvers.remove(of: path)
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw cannotWrite(path, String(cString: strerror(errno))) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var isDone = false
        defer { if !isDone { unlink(temporary) } }
        let value = try body { bytes in
            let bytes = writer.map { $0.encoded(bytes)[...] } ?? bytes
            do { try handle.write(contentsOf: Data(bytes)) } catch {
                throw cannotWrite(path, error.localizedDescription)
            }
        }
        // Under its name only what is on disk: after a power failure it must not be there without its content.
        guard fsync(descriptor) == 0 else { throw cannotWrite(path, String(cString: strerror(errno))) }
        do { try handle.close() } catch { throw cannotWrite(path, error.localizedDescription) }
        guard rename(temporary, path) == 0 else { throw cannotWrite(path, String(cString: strerror(errno))) }
        isDone = true
        return value
    }

    /// Refuses to pour a workbook over a terminal.
    static func checkTerminal(_ path: String?, _ format: ExportFormat) throws {
        guard format == .xlsx, path == nil, isatty(1) == 1 else { return }
        throw Failure.usage(
            "an .xlsx file is nothing to read on a terminal: give --output FILE, or `> FILE`.")
    }

    /// A folder for several files, made unless it is there.
    static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch { throw cannotWrite(path, error.localizedDescription) }
    }

    private static func cannotWrite(_ path: String, _ reason: String) -> Failure {
        .cannotWrite(
            "\(path) cannot be written: \(reason). Check the folder, its permissions and free space.")
    }
}
