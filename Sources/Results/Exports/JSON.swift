import Evaluation

/// One object: what the export is, its columns, and its rows as objects. Decimals are numbers with all their
/// places; no floating point is involved.
enum JSON {
    static func begin(_ head: ExportHead, _ bytes: inout [UInt8]) {
        let run = head.run
        bytes += "{\"format\":\"mujun-export/1\"".utf8
        let texts = [
            ("name", head.table.name), ("title", head.table.title),
            ("audience", head.table.audience.rawValue),
            ("stage", run.publication?.action.rawValue ?? run.stage), ("stage_label", run.stageLabel),
            ("document", run.publication?.document ?? ""),
            ("published_on", run.publication?.publishedOn ?? ""), ("as_of", run.asOf),
            ("method", run.methodName),
            ("method_title", run.methodTitle), ("note", run.methodNote), ("waivers", run.waivers),
            ("recorded_at", run.recordedAt),
            ("result_digest", run.resultDigest),
        ]
        for (name, text) in texts { pair(name, text, &bytes) }
        let publication = run.publication.map { "\($0.number)" } ?? "null"
        bytes += ",\"publication\":\(publication),\"is_current\":\(run.isCurrent)".utf8
        bytes += ",\"run\":\(run.id),\"data_year\":\(run.dataYear),\"columns\":[".utf8
        for (index, column) in head.table.columns.enumerated() {
            bytes += (index > 0 ? "," : "").utf8
            bytes += "{\"name\":".utf8
            string(column.name, &bytes)
            pair("label", column.header, &bytes)
            if case .decimal(let places) = column.kind { bytes += ",\"decimals\":\(places)".utf8 }
            bytes += "}".utf8
        }
        bytes += "],\"rows\":[".utf8
    }

    static func row(
        _ head: ExportHead, _ values: [ExportTable.Value], isFirst: Bool, _ bytes: inout [UInt8]
    ) {
        bytes += (isFirst ? "\n{" : ",\n{").utf8
        for (index, (column, value)) in zip(head.table.columns, values).enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            string(column.name, &bytes)
            bytes.append(UInt8(ascii: ":"))
            switch (value, column.kind) {
            case (.empty, _): bytes += "null".utf8
            case (.text(let text), _): string(text, &bytes)
            case (.number(let number), .decimal(let places)): bytes.append(decimal: number, places: places)
            case (.number(let number), _): bytes.append(integer: number)
            }
        }
        bytes.append(UInt8(ascii: "}"))
    }

    static func end(_ bytes: inout [UInt8]) { bytes += "\n]}\n".utf8 }

    private static func pair(_ name: String, _ text: String, _ bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: ","))
        string(name, &bytes)
        bytes.append(UInt8(ascii: ":"))
        string(text, &bytes)
    }

    /// A JSON string (RFC 8259): quotes, backslashes and control characters are escaped.
    private static func string(_ text: String, _ bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 10: bytes += "\\n".utf8
            case 13: bytes += "\\r".utf8
            case 9: bytes += "\\t".utf8
            case 0..<32:
                bytes += "\\u00".utf8
                bytes.append(hexadecimal: CollectionOfOne(byte))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
