import Evaluation
import Foundation

/// `datapackage.json` of one delivery, checked.
struct Manifest: Sendable {
    struct Resource: Sendable {
        let path: String
        let isPacked: Bool
        let bytes: Int
        let sha256: String
        let rows: Int?
        /// By header, as the department wrote them.
        let totals: [String: String]
    }

    static let fileName = "datapackage.json"
    static let maxBytes = 4 << 20

    let name: String
    /// Folder of the delivery.
    let folder: String
    let created: Moment
    let feed: String
    let period: Period?
    let stateOf: Day?
    let resources: [Resource]

    /// Reads and checks the manifest in the folder.
    init(folder: String) throws(IntakeError) {
        let path = folder + "/" + Manifest.fileName
        try self.init(json: try SmallFile.read(path, limit: Manifest.maxBytes), path: path, folder: folder)
    }

    init(json: [UInt8], path: String, folder: String) throws(IntakeError) {
        let source: ManifestFile
        do {
            source = try JSONDecoder().decode(ManifestFile.self, from: Data(json))
        } catch {
            throw .refused(
                "\(path): not a manifest: \(Manifest.place(of: error)). Ask the department to deliver it again."
            )
        }
        func refused(_ sentence: String) -> IntakeError {
            .refused("\(path): \(sentence) Ask the department to correct the manifest.")
        }
        self.folder = folder
        name = source.name
        feed = source.mujun.feed
        guard !name.isEmpty, name.utf8.count <= 200, !name.unicodeScalars.contains(where: { $0.value < 32 })
        else {
            throw refused("name must be a short text.")
        }
        guard let created = Moment(source.created) else {
            throw refused(
                "created must be a time such as 2022-02-10T08:00:00+08:00, not `\(RowText.shown(source.created))`."
            )
        }
        self.created = created
        if let given = source.mujun.period {
            guard let period = Period(from: given.from, to: given.to) else {
                throw refused("period must have `from` and `to` as months such as 2021-01, in order.")
            }
            self.period = period
        } else {
            period = nil
        }
        if let given = source.mujun.stateOf {
            guard let day = Day(given) else { throw refused("state_of must be a day such as 2022-03-31.") }
            stateOf = day
        } else {
            stateOf = nil
        }
        guard !source.resources.isEmpty, source.resources.count <= 10_000 else {
            throw refused("resources must name from 1 to 10,000 files.")
        }
        var resources: [Resource] = []
        var paths: Set<String> = []
        for resource in source.resources {
            let place = "resource `\(RowText.shown(resource.path))`:"
            guard Manifest.staysInside(resource.path) else {
                throw refused("\(place) the path must stay inside the delivery: no `..`, no leading `/`.")
            }
            if let encoding = resource.encoding, !["utf-8", "utf8"].contains(encoding.lowercased()) {
                throw refused("\(place) the encoding must be utf-8, not `\(RowText.shown(encoding))`.")
            }
            if let compression = resource.compression, compression != "gz" {
                throw refused("\(place) the compression must be gz, not `\(RowText.shown(compression))`.")
            }
            guard resource.bytes >= 0 else { throw refused("\(place) bytes must not be negative.") }
            guard let sha256 = Manifest.digest(resource.hash) else {
                throw refused(
                    "\(place) hash must be `sha256:` and 64 hexadecimal digits, not `\(RowText.shown(resource.hash))`."
                )
            }
            if let rows = resource.mujun?.rows, rows < 0 {
                throw refused("\(place) rows must not be negative.")
            }
            guard paths.insert(resource.path).inserted else {
                throw refused("\(place) the path stands twice.")
            }
            resources.append(
                Resource(
                    path: resource.path,
                    isPacked: resource.compression == "gz" || resource.path.hasSuffix(".gz"),
                    bytes: resource.bytes, sha256: sha256, rows: resource.mujun?.rows,
                    totals: resource.mujun?.totals ?? [:]))
        }
        self.resources = resources
    }

    /// Whether a path has only plain components, so that it cannot leave its folder.
    static func staysInside(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return !path.isEmpty && path.utf8.count <= 1000
            && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
            && !path.unicodeScalars.contains { $0.value < 32 || $0 == "\\" }
    }

    private static func digest(_ hash: String) -> String? {
        guard hash.hasPrefix("sha256:") else { return nil }
        let digits = hash.dropFirst(7).lowercased()
        guard digits.utf8.count == 64,
            digits.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        return digits
    }

    /// Where and why a JSON text could not be decoded.
    static func place(of error: any Error) -> String {
        func path(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
            let keys = context.codingPath + (last.map { [$0] } ?? [])
            return keys.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
        }
        switch error {
        case DecodingError.keyNotFound(let key, let context): return "`\(path(context, key))` is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            return "`\(path(context))` has the wrong type"
        case DecodingError.dataCorrupted(let context):
            let place = path(context)
            return place.isEmpty ? "it is no JSON (\(context.debugDescription))" : "`\(place)` cannot be read"
        default: return "it is no JSON"
        }
    }
}

/// The properties that are read; others are for other tools.
private struct ManifestFile: Decodable {
    struct Own: Decodable {
        struct Span: Decodable {
            let from: String
            let to: String
        }
        let feed: String
        let period: Span?
        let stateOf: String?

        enum CodingKeys: String, CodingKey {
            case feed, period
            case stateOf = "state_of"
        }
    }
    struct File: Decodable {
        struct Own: Decodable {
            let rows: Int?
            let totals: [String: String]?
        }
        let path: String
        let encoding: String?
        let compression: String?
        let bytes: Int
        let hash: String
        let mujun: Own?
    }
    let name: String
    let created: String
    let mujun: Own
    let resources: [File]
}
