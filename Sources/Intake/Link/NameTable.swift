import Evaluation

/// Finds firms by their names in the form in which names are compared.
struct NameTable: Sendable {
    /// The only firm of the name; -2 when several have it.
    private var firms: [NormalisedName: Int32] = [:]

    init(_ names: TextColumn) {
        firms.reserveCapacity(names.count)
        for firm in 0..<names.count {
            let bytes = names.bytes[names.offsets[firm]..<names.offsets[firm + 1]]
            guard let name = NormalisedName(bytes) else { continue }
            firms[name] = firms[name] == nil ? Int32(truncatingIfNeeded: firm) : -2
        }
    }

    /// The only firm of the name, -1 when none has it, -2 when several have.
    func firm(named name: [UInt8]) -> Int32 {
        guard let name = NormalisedName(name) else { return -1 }
        return firms[name] ?? -1
    }
}
