import Foundation

/// Why a delivery is still being copied, or was cut off on its way.
enum Incomplete: Equatable {
    /// The manifest ends in the middle.
    case manifest
    /// A file of the manifest is not there yet.
    case missing(String)
    /// A file has fewer bytes than the manifest says.
    case shorter(String, declared: Int, found: Int)

    /// `nil` when all files are there with at least the bytes that the manifest says.
    /// - Throws: `refused` when a file is none, or a link.
    init?(_ manifest: Manifest) throws(IntakeError) {
        for resource in manifest.resources {
            guard let full = try Inbox.existingPath(resource.path, in: manifest.folder) else {
                self = .missing(resource.path)
                return
            }
            let found = (try? FileManager.default.attributesOfItem(atPath: full)[.size] as? Int) ?? 0
            if found < resource.bytes {
                self = .shorter(resource.path, declared: resource.bytes, found: found)
                return
            }
        }
        return nil
    }

    var chinese: String {
        switch self {
        case .manifest: "datapackage.json不完整"
        case .missing(let path): "缺少文件“\(RowText.shown(path))”"
        case .shorter(let path, let declared, let found):
            "文件“\(RowText.shown(path))”只有\(found)字节，清单写明\(declared)字节"
        }
    }

    var english: String {
        switch self {
        case .manifest: "datapackage.json ends early"
        case .missing(let path): "the file `\(RowText.shown(path))` is missing"
        case .shorter(let path, let declared, let found):
            "`\(RowText.shown(path))` has \(found) of \(declared) bytes"
        }
    }
}
