import Evaluation

/// `datapackage.json` of one delivery, checked.
struct Manifest: Sendable {
    struct Resource: Sendable {
        let path: String
        let container: Container
        /// Member of a zip file or sheet of a workbook; empty where the manifest names none.
        let table: String
        let encoding: TextEncoding
        let bytes: Int
        let sha256: String
        /// Of which part of the whole it speaks, such as a town; `nil` where nobody says.
        let part: String?
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
    /// The only part of which it speaks; `nil` when it is whole.
    let part: String?
    let resources: [Resource]

    /// Reads and checks the manifest in the folder; `nil` when it ends early, as while it is being copied.
    init?(folder: String) throws(IntakeError) {
        let path = folder + "/" + Manifest.fileName
        let json = try SmallFile.read(path, limit: Manifest.maxBytes)
        guard !JSONReader.endsEarly(json) else { return nil }
        try self.init(json: json, path: path, folder: folder)
    }

    init(json: [UInt8], path: String, folder: String) throws(IntakeError) {
        let value: JSONValue
        do throws(JSONProblem) {
            value = try JSONReader.read(json)
        } catch {
            throw .refused(
                "\(path), line \(error.line), column \(error.column): this is no JSON: \(error.sentence). Ask the "
                    + "department to correct the manifest.")
        }
        let source = try Members(value, path: path)
        self.folder = folder
        name = try source.text("name")
        let own = try source.members("mujun")
        feed = try own.text("feed")
        guard !name.isEmpty, name.utf8.count <= 200, !Manifest.hasControls(name) else {
            throw source.refused("name", "must be a short text")
        }
        let time = try source.text("created")
        guard let created = Moment(time) else {
            throw source.refused(
                "created", "must be a time such as 2022-02-10T08:00:00+08:00, not `\(RowText.shown(time))`")
        }
        self.created = created
        if let given = try own.optionalMembers("period") {
            guard let period = Period(from: try given.text("from"), to: try given.text("to")) else {
                throw own.refused("period", "must have `from` and `to` as months such as 2021-01, in order")
            }
            self.period = period
        } else {
            period = nil
        }
        part = try Manifest.part(own)
        if let given = try own.optionalText("state_of") {
            guard let day = Day(given) else {
                throw own.refused(
                    "state_of", "must be a day such as 2022-03-31, not `\(RowText.shown(given))`")
            }
            stateOf = day
        } else {
            stateOf = nil
        }
        let files = try source.list("resources")
        guard !files.isEmpty, files.count <= 10_000 else {
            throw source.refused("resources", "must name from 1 to 10,000 files")
        }
        var resources: [Resource] = []
        var paths: Set<String> = []
        for file in files {
            let resource = try Resource(file)
            guard paths.insert(TablePath.join(resource.path, resource.table)).inserted else {
                throw file.refused("path", "stands twice: `\(RowText.shown(resource.path))`")
            }
            resources.append(resource)
        }
        self.resources = resources
    }

    /// The part that a delivery or a file names.
    fileprivate static func part(_ own: Members?) throws(IntakeError) -> String? {
        guard let own, let part = try own.optionalText("part") else { return nil }
        guard !part.isEmpty, part.utf8.count <= 200, !hasControls(part) else {
            throw own.refused("part", "must be a short text")
        }
        return part
    }

    /// Whether a path has only plain components, so that it cannot leave its folder.
    static func staysInside(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return !path.isEmpty && path.utf8.count <= 1000
            && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
            && !path.unicodeScalars.contains("\\") && !hasControls(path)
    }

    fileprivate static func hasControls(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}

extension Manifest.Resource {
    fileprivate init(_ source: Members) throws(IntakeError) {
        path = try source.text("path")
        guard Manifest.staysInside(path) else {
            throw source.refused(
                "path",
                "must stay inside the delivery, without `..` or a leading `/`: `\(RowText.shown(path))`")
        }
        let declared = try source.optionalText("encoding") ?? TextEncoding.utf8.name
        guard let encoding = TextEncoding(manifest: declared) else {
            throw source.refused(
                "encoding", "must be utf-8, gb18030, gbk or gb2312, not `\(RowText.shown(declared))`")
        }
        let compression = try source.optionalText("compression")
        let told = Container(path: path)
        switch compression {
        case nil: container = told
        case "gz" where told == .csv || told == .gzip: container = .gzip
        case "zip" where told == .zip: container = .zip
        case .some(let given):
            throw source.refused(
                "compression", "must be gz or zip and fit the path, not `\(RowText.shown(given))`")
        }
        // A workbook says itself how it is encoded.
        self.encoding = container == .xlsx ? .utf8 : encoding
        guard !TablePath.isAmbiguous(path) else {
            throw source.refused("path", "must not have `#` after .zip or .xlsx: `\(RowText.shown(path))`")
        }
        guard let bytes = try source.optionalCount("bytes") else {
            throw source.refused("bytes", "is missing")
        }
        self.bytes = bytes
        let hash = try source.text("hash")
        guard let sha256 = Manifest.Resource.digest(hash) else {
            throw source.refused(
                "hash", "must be `sha256:` and 64 hexadecimal digits, not `\(RowText.shown(hash))`")
        }
        self.sha256 = sha256
        let own = try source.optionalMembers("mujun")
        part = try Manifest.part(own)
        let named = container == .zip ? "member" : "sheet"
        for key in ["member", "sheet"] where key != named || container == .csv || container == .gzip {
            guard try own?.optionalText(key) == nil else {
                throw source.refused("mujun.\(key)", "is for \(key == "sheet" ? "xlsx" : "zip") files")
            }
        }
        table = try own?.optionalText(named) ?? ""
        guard table.utf8.count <= 1000, !Manifest.hasControls(table) else {
            throw source.refused("mujun.\(named)", "must be a short text")
        }
        rows = try own?.optionalCount("rows")
        totals = try own?.optionalMembers("totals")?.decimals() ?? [:]
    }

    private static func digest(_ hash: String) -> String? {
        guard hash.hasPrefix("sha256:") else { return nil }
        let digits = hash.dropFirst(7).lowercased()
        guard digits.utf8.count == 64,
            digits.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        return digits
    }
}
