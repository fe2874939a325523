import CZlib
import Foundation
import SampleCounty

/// A folder of its own for one test, removed when the test ends.
struct TemporaryFolder: ~Copyable {
    let path: String

    init() {
        path =
            FileManager.default.temporaryDirectory.appendingPathComponent("county-\(UUID().uuidString)").path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// The files of an inbox.
enum Inboxes {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// Paths of all files below a folder, ascending.
    static func files(in folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// What a packed file holds.
    static func unpacked(_ path: String) -> [UInt8] {
        guard let file = gzopen(path, "rb") else { return [] }
        defer { gzclose(file) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = gzread(file, &chunk, UInt32(chunk.count))
            guard count > 0 else { return content }
            content += chunk[..<Int(count)]
        }
    }

    /// Rows of a clean file as fields, the header first.
    static func rows(_ path: String) -> [[String]] {
        String(decoding: unpacked(path), as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
