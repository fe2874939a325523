import Evaluation
import Foundation

/// A Table Schema file with the `mujun` properties, as it stands in `Schemas/feeds`.
///
/// Properties of Table Schema that are not listed here (`missingValues`, `pattern`) serve other tools only.
struct ContractFile: Decodable {
    struct Field: Decodable {
        struct Constraints: Decodable {
            let required: Bool?
            let minimum: Int64?
            let maximum: Int64?
            let `enum`: [String]?
        }
        struct Own: Decodable {
            let name: String
            let kind: String
            let unit: String?
            let decimals: Int?
            let optional: Bool?
            let aliases: [Alias]?
            let brackets: String?
        }
        struct Alias: Decodable {
            let header: String
            let unit: String?
        }
        let name: String
        let constraints: Constraints?
        let mujun: Own
    }
    struct Own: Decodable {
        struct Validity: Decodable {
            let from: String?
            let to: String?
        }
        struct Agreement: Decodable {
            let by: String
            let wins: [String]
        }
        struct Threshold: Decodable {
            let rows: Int
            let perTenThousand: Int

            enum CodingKeys: String, CodingKey {
                case rows
                case perTenThousand = "per_ten_thousand"
            }
        }
        let feed: String
        let department: String
        let addsUp: String
        let cycle: String?
        let key: [String]?
        let required: Bool
        let period: String?
        let valid: Validity?
        let latestBy: String?
        let category: String?
        let relations: [String: String]
        let relationLabels: [String: String]?
        let personal: [String]
        let refuseRunAbove: Threshold
        let leniencies: [String]?
        let links: [String]?
        let linkFields: [String: String]?
        let divided: [String]?
        let agreement: Agreement?
        let parts: String?
        let lateAfterDays: Int?

        enum CodingKeys: String, CodingKey {
            case feed, department, cycle, key, required, period, valid, category, relations, personal,
                leniencies
            case links, divided, agreement, parts
            case linkFields = "link_fields"
            case lateAfterDays = "late_after_days"
            case addsUp = "adds_up"
            case latestBy = "latest_by"
            case relationLabels = "relation_labels"
            case refuseRunAbove = "refuse_run_above"
        }
    }
    let title: String
    let fields: [Field]
    let primaryKey: [String]?
    let mujun: Own
}

extension FeedContract {
    /// Reads one contract; `file` is its name for messages.
    init(contract json: [UInt8], file: String) throws(IntakeError) {
        let source: ContractFile
        do {
            source = try JSONDecoder().decode(ContractFile.self, from: Data(json))
        } catch {
            throw .refused("\(file): not a feed contract: \(error).")
        }
        guard let addsUp = AddsUp(rawValue: source.mujun.addsUp) else {
            throw .refused("\(file): adds_up must be flow, snapshot or log, not `\(source.mujun.addsUp)`.")
        }
        var cycle: Cycle?
        if let word = source.mujun.cycle {
            guard let known = Cycle(rawValue: word) else {
                throw .refused(
                    "\(file): cycle must be day, week, month, quarter or year, not `\(word)`.")
            }
            cycle = known
        }
        var fields: [FeedField] = []
        for field in source.fields { fields.append(try FeedField(field, file: file)) }
        func index(_ name: String, _ use: String) throws(IntakeError) -> Int {
            guard let found = fields.firstIndex(where: { $0.name == name }) else {
                throw .refused("\(file): \(use) names `\(name)`, which is no field of the feed.")
            }
            return found
        }
        func optionalIndex(_ name: String?, _ use: String) throws(IntakeError) -> Int? {
            guard let name else { return nil }
            return try index(name, use)
        }
        var key: [Int] = []
        if let names = source.mujun.key {
            for name in names { key.append(try index(name, "key")) }
        } else {
            for header in source.primaryKey ?? [] {
                guard let found = fields.firstIndex(where: { $0.header == header }) else {
                    throw .refused("\(file): primaryKey names `\(header)`, which is no field of the feed.")
                }
                key.append(found)
            }
        }
        var relations: [Relation] = []
        for (name, field) in source.mujun.relations.sorted(by: { $0.key < $1.key }) {
            relations.append(
                Relation(
                    name: name, field: try index(field, "relations"),
                    label: source.mujun.relationLabels?[name] ?? ""))
        }
        try self.init(
            name: source.mujun.feed, title: source.title, department: source.mujun.department, addsUp: addsUp,
            fields: fields, key: key, relations: relations,
            period: optionalIndex(source.mujun.period, "period"),
            validFrom: optionalIndex(source.mujun.valid?.from, "valid.from"),
            validTo: optionalIndex(source.mujun.valid?.to, "valid.to"),
            latestDay: optionalIndex(source.mujun.latestBy, "latest_by"),
            category: optionalIndex(source.mujun.category, "category"),
            personalHeaders: source.mujun.personal, required: source.mujun.required,
            maxRefusedRows: source.mujun.refuseRunAbove.rows,
            maxRefusedPerTenThousand: source.mujun.refuseRunAbove.perTenThousand, cycle: cycle,
            links: FeedLinks(source.mujun, fields, file: file),
            agreement: FeedAgreement(source.mujun.agreement, fields, file: file),
            partedBy: source.mujun.parts, lateAfterDays: source.mujun.lateAfterDays)
        leniencies = try Leniencies(source.mujun.leniencies ?? [], file: file)
        if let complaint { throw .refused("\(file): \(complaint)") }
    }

    /// What the rest of the module relies on; `nil` when all of it holds.
    private var complaint: String? {
        func kind(_ field: Int?, isOneOf kinds: [FeedField.Kind]) -> Bool {
            field.map { kinds.contains(fields[$0].kind) } ?? true
        }
        if Set(fields.map(\.name)).count != fields.count || Set(fields.map(\.header)).count != fields.count {
            return "two fields have the same name or header."
        }
        if key.isEmpty || Set(key).count != key.count {
            return "the key must name at least one field, each once."
        }
        if relations.isEmpty { return "at least one relation must say which field holds the firm." }
        if !relations.allSatisfy({ fields[$0.field].kind == .creditCode }) {
            return "a relation must name a field of kind credit_code."
        }
        if addsUp == .flow, period == nil { return "a flow needs a period field." }
        if !kind(period, isOneOf: [.month, .year]) { return "the period must be a month or year field." }
        if let period, !fields[period].required { return "the period field must be required." }
        if !kind(validFrom, isOneOf: [.date]) || !kind(validTo, isOneOf: [.date]) {
            return "valid must name date fields."
        }
        if !kind(latestDay, isOneOf: [.date]) || latestDay != nil && (period ?? validFrom) != nil {
            return "latest_by must name a date field of a feed that has neither a period nor valid.from."
        }
        if !kind(category, isOneOf: [.category]) { return "category must name a field of kind category." }
        if !Set(personalHeaders).isDisjoint(with: fields.map(\.header)) {
            return "a personal column cannot be a field as well."
        }
        if let complaint = leniencyComplaint { return complaint }
        if let complaint = linkComplaint { return complaint }
        if maxRefusedRows < 0 || maxRefusedPerTenThousand < 0 { return "thresholds must not be negative." }
        if name == Self.registryName, relations.count != 1 || key != [relations[0].field] || period != nil {
            return "the registry has one relation, which is its key, and no period."
        }
        if name == Self.registryName, !fields[key[0]].required {
            return "the registry's key must be required."
        }
        return nil
    }
}

extension FeedField {
    fileprivate init(_ field: ContractFile.Field, file: String) throws(IntakeError) {
        let place = "\(file): field \(field.name)"
        var unit: Evaluation.Unit?
        let kind: Kind
        var range: ClosedRange<Int64> = (1 - Cell.limit)...(Cell.limit - 1)
        switch field.mujun.kind {
        case "credit_code": kind = .creditCode
        case "month": kind = .month
        case "year": kind = .year
        case "date": kind = .date
        case "category": kind = .category
        case "text": kind = .text
        case "decimal":
            guard let places = field.mujun.decimals, (0...9).contains(places) else {
                throw .refused("\(place): a decimal needs `decimals` from 0 to 9.")
            }
            guard let symbol = field.mujun.unit, let known = Evaluation.Unit(symbol) else {
                throw .refused("\(place): unknown unit `\(field.mujun.unit ?? "")`.")
            }
            kind = .decimal(places)
            unit = known
            let scale = DecimalText.powersOfTen[places]
            func scaled(_ bound: Int64?) throws(IntakeError) -> Int64? {
                guard let bound else { return nil }
                let (product, overflow) = bound.multipliedReportingOverflow(by: scale)
                guard !overflow, range.contains(product) else {
                    throw .refused("\(place): the bound \(bound) has more than 15 digits with its decimals.")
                }
                return product
            }
            let lowest = try scaled(field.constraints?.minimum) ?? range.lowerBound
            let highest = try scaled(field.constraints?.maximum) ?? range.upperBound
            guard lowest <= highest else { throw .refused("\(place): minimum is above maximum.") }
            range = lowest...highest
        case let other: throw .refused("\(place): unknown kind `\(other)`.")
        }
        self.init(
            name: field.mujun.name, header: field.name, kind: kind, unit: unit,
            required: field.constraints?.required ?? false, range: range,
            allowed: kind == .category ? field.constraints?.enum ?? [] : [],
            isOptional: field.mujun.optional ?? false)
        try readLeniencies(field.mujun, place: place)
    }
}
