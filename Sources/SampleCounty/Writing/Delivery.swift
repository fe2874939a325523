/// One delivery of a feed: a folder with files and their manifest.
struct Delivery {
    /// What the rows of a delivery cover.
    enum Cover {
        /// Months such as `2021-01`, first and last.
        case period(from: String, to: String)
        /// The state of one day, such as `2022-03-31`.
        case stateOf(String)
    }

    /// A column that the manifest gives the sum of.
    struct ControlTotal {
        let header: String
        let decimals: Int
    }

    let name: String
    let feed: String
    let department: String
    /// When the department sent it, with the zone.
    let created: String
    let cover: Cover
    let header: String
    let controlTotal: ControlTotal?
    private var resources: [Resource] = []
    private var isLenient = false
    /// Of which part each file speaks, by its path.
    private var parts: [String: String] = [:]

    init(
        _ name: String, feed: String, department: String, created: String, cover: Cover, header: String,
        controlTotal: ControlTotal? = nil
    ) {
        self.name = name
        self.feed = feed
        self.department = department
        self.created = created
        self.cover = cover
        self.header = header
        self.controlTotal = controlTotal
    }

    /// Writes one file, whose rows `rows` appends. `part` tells the files of one delivery apart; `town` is the part of the
    /// county of which the file speaks.
    mutating func writeFile(
        part: String = "", town: [UInt8] = [], in inbox: inout Inbox,
        rows: (inout FeedFile) throws(CountyError) -> Void
    ) throws(CountyError) {
        let folder = try Folder("\(inbox.folder.path)/\(name)")
        let fileName = part.isEmpty ? "\(name).csv.gz" : "\(name)-\(part).csv.gz"
        var file = try FeedFile(named: fileName, in: folder, header: header, isHeld: inbox.isHeld)
        try rows(&file)
        if let badRows = inbox.badRows {
            let spoiled = badRows.planted(in: fileName, of: name, file.row.bytes)
            inbox.expected += spoiled.expected
            try file.replaceHeld(spoiled)
        }
        if inbox.isLenient {
            isLenient = true
            file.replaceHeld(try LenientForm.text(of: file.row.bytes, in: self, number: inbox.files))
        }
        inbox.files += 1
        let isEmpty = file.rows == 0
        let resource = try file.finish()
        // A town without a single row sends no file.
        if isEmpty { try folder.remove(fileName) } else { resources.append(resource) }
        if !town.isEmpty { parts[resource.path] = String(decoding: town, as: UTF8.self) }
    }

    /// Writes the manifest, `datapackage.json`; without files there is no delivery at all.
    func writeManifest(in inbox: Inbox) throws(CountyError) {
        guard !resources.isEmpty else { return try inbox.folder.remove(name) }
        let covered =
            switch cover {
            case .period(let from, let to): "\"period\": {\"from\": \"\(from)\", \"to\": \"\(to)\"}"
            case .stateOf(let day): "\"state_of\": \"\(day)\""
            }
        let files = resources.map(described).joined(separator: ",\n")
        let manifest = """
            {
              "name": "\(name)",
              "created": "\(created)",
              "mujun": {"feed": "\(feed)", "department": "\(department)", \(covered)},
              "resources": [
            \(files)
              ]
            }

            """
        try Folder("\(inbox.folder.path)/\(name)").write(manifest, as: "datapackage.json")
    }

    private func described(_ resource: Resource) -> String {
        var facts = parts[resource.path].map { "\"part\": \"\($0)\", " } ?? ""
        facts += "\"rows\": \(resource.rows)"
        if let controlTotal, let total = resource.total {
            var sum = RowBuffer(capacity: 24)
            sum.decimal(total, places: controlTotal.decimals)
            let text = String(decoding: sum.bytes, as: UTF8.self)
            facts += ", \"totals\": {\"\(controlTotal.header)\": \"\(text)\"}"
        }
        return """
                {
                  "name": "\(resource.path.prefix { $0 != "." })", "path": "\(resource.path)",
                  "format": "csv", "mediatype": "text/csv", "encoding": "\(isLenient ? "gb18030" : "utf-8")", "compression": "gz",
                  "bytes": \(resource.bytes), "hash": "sha256:\(resource.digest)",
                  "mujun": {\(facts)}
                }
            """
    }
}

/// Where deliveries are put.
struct Inbox {
    let folder: Folder
    /// What to plant; `nil` in a clean county.
    let badRows: BadRows?
    /// Whether files are written in the other ways that contracts take.
    let isLenient: Bool
    /// What was planted so far.
    var expected: [ExpectedFinding] = []
    /// Files written so far.
    var files = 0

    /// Whether files are kept in memory until they end, to be changed.
    var isHeld: Bool { badRows != nil || isLenient }
}
