/// Which keys of one feed have been seen, in about 24 bytes per key whatever the number of months.
///
/// A key without its month is known by a 64-bit hash; equal hashes only raise a suspicion, which a second reading
/// settles exactly. Hashes lie in order of arrival, because a department's months come in the same order.
struct KeyTable {
    private var hashes: [UInt64] = []
    private var seen: [UInt16] = []
    /// Index into `hashes` plus one; 0 is free.
    private var slots = [UInt32](repeating: 0, count: 1024)

    /// Notes the key for the month `bit`. Returns whether it was noted before.
    ///
    /// `guess` is the caller's place in the order of arrival; it is moved to the key after this one.
    @inline(__always)
    mutating func insert(_ hash: UInt64, bit: UInt16, guess: inout Int) -> Bool {
        let index = guess < hashes.count && hashes[guess] == hash ? guess : find(hash)
        guess = index &+ 1
        let isRepeated = seen[index] & bit != 0
        seen[index] |= bit
        return isRepeated
    }

    /// Whether the key was noted for any month.
    func contains(_ hash: UInt64) -> Bool {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            if hashes[Int(slots[slot]) - 1] == hash { return true }
            slot = (slot + 1) & (slots.count - 1)
        }
        return false
    }

    @inline(never)
    private mutating func find(_ hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if hashes[index] == hash { return index }
            slot = (slot + 1) & (slots.count - 1)
        }
        hashes.append(hash)
        seen.append(0)
        slots[slot] = UInt32(truncatingIfNeeded: hashes.count)
        if hashes.count * 2 > slots.count { grow() }
        return hashes.count - 1
    }

    private mutating func grow() {
        let mask = slots.count * 2 - 1
        slots = [UInt32](repeating: 0, count: mask + 1)
        for (index, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(truncatingIfNeeded: index + 1)
        }
    }
}
