/// The members of one JSON object of a manifest, and where it stands.
struct Members {
    private let members: [String: JSONValue]
    /// Path of the manifest, and of the object inside it: `mujun.period`.
    private let path: String
    private let place: String

    init(_ value: JSONValue, path: String, place: String = "") throws(IntakeError) {
        self.path = path
        self.place = place
        guard case .object(let members) = value else {
            self.members = [:]
            throw refused(nil, "must be an object, written in { }")
        }
        self.members = members
    }

    func refused(_ key: String?, _ sentence: String) -> IntakeError {
        let name = [place, key ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
        let subject = name.isEmpty ? "the manifest" : "`\(name)`"
        return .refused("\(path): \(subject) \(sentence). Ask the department to correct the manifest.")
    }

    private func inside(_ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }

    func text(_ key: String) throws(IntakeError) -> String {
        guard let text = try optionalText(key) else { throw refused(key, "is missing") }
        return text
    }

    func optionalText(_ key: String) throws(IntakeError) -> String? {
        switch members[key] {
        case nil, .word("null"): return nil
        case .text(let text): return text
        default: throw refused(key, "must be a text, written in quotes")
        }
    }

    func optionalCount(_ key: String) throws(IntakeError) -> Int? {
        switch members[key] {
        case nil, .word("null"): return nil
        case .number(let text):
            guard let count = Int(text), count >= 0 else { fallthrough }
            return count
        default: throw refused(key, "must be a whole number that is not negative")
        }
    }

    func members(_ key: String) throws(IntakeError) -> Members {
        guard let members = try optionalMembers(key) else { throw refused(key, "is missing") }
        return members
    }

    func optionalMembers(_ key: String) throws(IntakeError) -> Members? {
        switch members[key] {
        case nil, .word("null"): return nil
        case .some(let value): return try Members(value, path: path, place: inside(key))
        }
    }

    func list(_ key: String) throws(IntakeError) -> [Members] {
        guard let value = members[key] else { throw refused(key, "is missing") }
        guard case .array(let items) = value else { throw refused(key, "must be a list, written in [ ]") }
        var list: [Members] = []
        for (index, item) in items.enumerated() {
            list.append(try Members(item, path: path, place: "\(inside(key))[\(index)]"))
        }
        return list
    }

    /// Decimals as written, by key; as texts or as numbers.
    func decimals() throws(IntakeError) -> [String: String] {
        var decimals: [String: String] = [:]
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            switch value {
            case .text(let text), .number(let text): decimals[key] = text
            default: throw refused(RowText.shown(key), "must be a decimal")
            }
        }
        return decimals
    }
}
