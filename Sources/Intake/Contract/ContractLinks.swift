import Evaluation

// What a contract says about linking: `links`, `link_fields`, `divided`, `agreement`, `parts`.

extension FeedLinks {
    init(_ source: ContractFile.Own, _ fields: [FeedField], file: String) throws(IntakeError) {
        func index(_ name: String?, _ use: String) throws(IntakeError) -> Int? {
            guard let name else { return nil }
            guard let found = fields.firstIndex(where: { $0.name == name }) else {
                throw .refused("\(file): \(use) names `\(name)`, which is no field of the feed.")
            }
            return found
        }
        var ways: Set<LinkWay> = []
        for word in source.links ?? ["code"] {
            let known: [LinkWay] = [.code, .organisation, .successor, .meter, .certificate, .name]
            guard let way = LinkWay(name: word), known.contains(way) else {
                throw .refused(
                    "\(file): links has `\(word)`; the ways are \(known.map(\.name).joined(separator: ", "))."
                )
            }
            ways.insert(way)
        }
        if let unknown = source.linkFields?.keys.sorted().first(where: {
            !["meter", "certificate", "name"].contains($0)
        }) {
            throw .refused("\(file): link_fields has meter, certificate and name, not `\(unknown)`.")
        }
        var divided: [Int] = []
        for name in source.divided ?? [] {
            if let field = try index(name, "divided") { divided.append(field) }
        }
        try self.init(
            ways: ways, meter: index(source.linkFields?["meter"], "link_fields.meter"),
            certificate: index(source.linkFields?["certificate"], "link_fields.certificate"),
            name: index(source.linkFields?["name"], "link_fields.name"), divided: divided)
    }
}

extension FeedAgreement {
    init?(
        _ source: ContractFile.Own.Agreement?, _ fields: [FeedField], file: String
    ) throws(IntakeError) {
        guard let source else { return nil }
        guard let by = fields.firstIndex(where: { $0.name == source.by }), fields[by].kind == .category,
            Set(source.wins) == Set(fields[by].allowed), source.wins.count == fields[by].allowed.count
        else {
            throw .refused(
                "\(file): agreement.by must name a category field, and agreement.wins all its allowed values, each once."
            )
        }
        self.init(by: by, wins: source.wins)
    }
}

extension FeedContract {
    /// What linking relies on; `nil` when all of it holds.
    var linkComplaint: String? {
        func isText(_ field: Int?) -> Bool {
            field.map { [.text, .category].contains(fields[$0].kind) } ?? true
        }
        let isOfOneFirm = Set(relations.map(\.field)).count == 1
        if !links.ways.contains(.code) { return "links must have code." }
        if links.ways.contains(.meter), links.meter == nil {
            return "links has meter, so link_fields must name it."
        }
        if links.ways.contains(.certificate), links.certificate == nil {
            return "links has certificate, so link_fields must name it."
        }
        if links.ways.contains(.name), links.name == nil {
            return "links has name, so link_fields must name it."
        }
        if !isText(links.meter) || !isText(links.certificate) || !isText(links.name) {
            return "link_fields must name fields of kind text or category."
        }
        if !isOfOneFirm, links.meter != nil || links.certificate != nil || links.name != nil {
            return "link_fields need rows that belong to one firm."
        }
        if let field = links.anchor, !fields[field].required {
            return "the field of a meter or certificate by which rows are linked must be required."
        }
        for field in links.divided {
            guard case .decimal = fields[field].kind, links.ways.contains(.meter) else {
                return "divided must name decimal fields of a feed that is linked by meter."
            }
        }
        for field in fields.indices where fields[field].isOptional {
            let isNeeded =
                fields[field].required || key.contains(field) || relations.contains { $0.field == field }
            if isNeeded || period == field {
                return "`\(fields[field].name)` is optional and must be neither required nor key."
            }
        }
        let isYearly = addsUp == .flow && period.map { fields[$0].kind == .year } ?? false
        if partedBy != nil, addsUp != .snapshot, !isYearly {
            return "parts needs a snapshot or a flow of years."
        }
        if let days = lateAfterDays, days < 0 || addsUp != .flow { return "late_after_days needs a flow." }
        if let agreement, key.contains(agreement.by) { return "agreement.by must not be part of the key." }
        if name == Self.registryName, links != .byCode {
            return "the registry is linked by nothing but its code."
        }
        return nil
    }
}
