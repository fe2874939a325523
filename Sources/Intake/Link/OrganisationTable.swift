import Evaluation

/// Finds firms by the organisation code inside their credit codes, positions 9 to 17: what stays when a firm is
/// registered in another district or as another kind.
struct OrganisationTable: Sendable {
    private let keys: [FirmKey]
    /// A firm's index plus one; the highest bit says that another firm has the same organisation code.
    private let slots: [UInt32]

    private static let sharedBit: UInt32 = 1 << 31

    init(_ table: FirmTable) {
        let keys = (0..<table.count).map { table.key(of: $0) }
        var size = 16
        while size < keys.count * 2 { size *= 2 }
        var slots = [UInt32](repeating: 0, count: size)
        for (firm, key) in keys.enumerated() where !key.isSurrogate {
            var slot = Int(truncatingIfNeeded: key.organisationHash) & (size - 1)
            while slots[slot] != 0 {
                let other = Int(slots[slot] & ~OrganisationTable.sharedBit) - 1
                if keys[other].hasOrganisation(of: key) { break }
                slot = (slot + 1) & (size - 1)
            }
            if slots[slot] == 0 {
                slots[slot] = UInt32(truncatingIfNeeded: firm + 1)
            } else {
                slots[slot] |= OrganisationTable.sharedBit
            }
        }
        self.keys = keys
        self.slots = slots
    }

    /// The only firm with the organisation code of the key, -1 when none has it, -2 when several have.
    func firm(like key: FirmKey) -> Int32 {
        guard !key.isSurrogate else { return -1 }
        var slot = Int(truncatingIfNeeded: key.organisationHash) & (slots.count - 1)
        while slots[slot] != 0 {
            let firm = Int(slots[slot] & ~OrganisationTable.sharedBit) - 1
            if keys[firm].hasOrganisation(of: key) {
                return slots[slot] & OrganisationTable.sharedBit == 0 ? Int32(truncatingIfNeeded: firm) : -2
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return -1
    }
}

extension FirmKey {
    // `b` holds positions 9 to 16, the upper byte of `c` position 17.
    fileprivate func hasOrganisation(of other: FirmKey) -> Bool { b == other.b && c >> 8 == other.c >> 8 }
    fileprivate var organisationHash: UInt64 { Hash.mix(b ^ 0x9e37_79b9_7f4a_7c15, UInt64(c >> 8)) }

    /// Whether it is no credit code but a key that the registry gave a firm without one.
    var isSurrogate: Bool { UInt8(truncatingIfNeeded: a >> 56) == CreditCode.surrogateLetter }
}
