import Evaluation

/// The 18 bytes of a credit code as three numbers that compare like the text.
struct FirmKey: Hashable, Comparable {
    let a: UInt64
    let b: UInt64
    let c: UInt16

    /// Reads 18 bytes.
    @inline(__always)
    init(_ code: UnsafePointer<UInt8>) {
        let raw = UnsafeRawPointer(code)
        a = UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self))
        b = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        c = UInt16(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt16.self))
    }

    @inline(__always)
    static func == (x: FirmKey, y: FirmKey) -> Bool { x.a == y.a && x.b == y.b && x.c == y.c }

    static func < (x: FirmKey, y: FirmKey) -> Bool {
        x.a != y.a ? x.a < y.a : x.b != y.b ? x.b < y.b : x.c < y.c
    }

    var bytes: [UInt8] {
        let letters = [a, b].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) }
        }
        return letters + [UInt8(truncatingIfNeeded: c >> 8), UInt8(truncatingIfNeeded: c)]
    }

    @inline(__always)
    var hash: UInt64 { Hash.mix(a ^ 0x9e37_79b9_7f4a_7c15, b ^ (UInt64(c) &* 0x0001_0001_0001_0001)) }
}

/// Finds the row of a firm by its credit code.
///
/// Open addressing at half load; a slot holds a firm's index plus one. Codes are compared in full.
struct FirmTable: Sendable {
    private let keys: [FirmKey]
    private let slots: [UInt32]
    private let mask: Int

    /// The keys must be in ascending order, each once; the index of a firm is its position.
    init(sorted keys: [FirmKey]) {
        self.keys = keys
        var size = 16
        while size < keys.count * 2 { size *= 2 }
        mask = size - 1
        var slots = [UInt32](repeating: 0, count: size)
        slots.withUnsafeMutableBufferPointer { slots in
            for (firm, key) in keys.enumerated() {
                var slot = Int(truncatingIfNeeded: key.hash) & (size - 1)
                while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
                slots[slot] = UInt32(truncatingIfNeeded: firm + 1)
            }
        }
        self.slots = slots
    }

    var count: Int { keys.count }

    func key(of firm: Int) -> FirmKey { keys[firm] }

    /// Fills `firms` with the index of each row's firm: -1 where the field is blank, -2 where no firm has the code.
    ///
    /// Most departments sort their files, so the firm of the row before and the one after it are tried first; where
    /// that mostly fails, the rest of the batch is looked up in the table alone.
    func look(
        up column: Int, of batch: RowBatch, in bytes: UnsafePointer<UInt8>,
        into firms: UnsafeMutablePointer<Int32>
    ) {
        keys.withUnsafeBufferPointer { keys in
            slots.withUnsafeBufferPointer { slots in
                let view = View(keys: keys, slots: slots, mask: mask)
                let guessed = view.guess(column, batch, bytes, firms)
                view.hash(guessed..<batch.count, column, batch, bytes, firms)
            }
        }
    }

    /// The table as pointers, for one batch.
    private struct View {
        let keys: UnsafeBufferPointer<FirmKey>
        let slots: UnsafeBufferPointer<UInt32>
        let mask: Int

        /// After so many rows it is judged whether the file is sorted.
        private static let trial = 32

        /// Goes through the rows as long as guessing mostly succeeds.
        /// - Returns: the first row that was not looked at.
        func guess(
            _ column: Int, _ batch: RowBatch, _ bytes: UnsafePointer<UInt8>,
            _ firms: UnsafeMutablePointer<Int32>
        ) -> Int {
            var guess = 0
            var misses = 0
            for row in 0..<batch.count {
                if row >= View.trial, misses * 2 > row { return row }
                let span = batch.span(row, column)
                guard span.count == CreditCode.length else {
                    firms[row] = span.count == 0 ? -1 : -2
                    continue
                }
                let key = FirmKey(bytes + Int(span.start))
                if guess < keys.count, keys[guess] == key {
                    firms[row] = Int32(truncatingIfNeeded: guess)
                } else if guess + 1 < keys.count, keys[guess + 1] == key {
                    guess += 1
                    firms[row] = Int32(truncatingIfNeeded: guess)
                } else {
                    misses += 1
                    firms[row] = find(key, from: Int(truncatingIfNeeded: key.hash) & mask)
                    if firms[row] >= 0 { guess = Int(firms[row]) }
                }
            }
            return batch.count
        }

        /// Two passes, in each of which no row waits for another: the processor fetches many slots, then many keys,
        /// from memory at once.
        func hash(
            _ rows: Range<Int>, _ column: Int, _ batch: RowBatch, _ bytes: UnsafePointer<UInt8>,
            _ firms: UnsafeMutablePointer<Int32>
        ) {
            for row in rows {
                let span = batch.span(row, column)
                guard span.count == CreditCode.length else {
                    firms[row] = span.count == 0 ? -1 : -2
                    continue
                }
                let slot = Int(truncatingIfNeeded: FirmKey(bytes + Int(span.start)).hash) & mask
                firms[row] = Int32(truncatingIfNeeded: slots[slot]) &- 1
                if firms[row] < 0 { firms[row] = -2 }
            }
            for row in rows where firms[row] >= 0 {
                let key = FirmKey(bytes + Int(batch.span(row, column).start))
                if keys[Int(firms[row])] == key { continue }
                firms[row] = find(key, from: (Int(truncatingIfNeeded: key.hash) + 1) & mask)
            }
        }

        /// The firm with the key, or -2; `slot` is where to begin.
        private func find(_ key: FirmKey, from slot: Int) -> Int32 {
            var slot = slot & mask
            while slots[slot] != 0 {
                let firm = Int32(truncatingIfNeeded: slots[slot]) &- 1
                if keys[Int(firm)] == key { return firm }
                slot = (slot + 1) & mask
            }
            return -2
        }
    }
}

/// Fast mixing of 64-bit words. Collisions cost time, never correctness: whoever uses it compares in full.
enum Hash {
    /// Where hashes of keys begin.
    static let ofKeys: UInt64 = 0x5bd1_e995

    @inline(__always)
    static func mix(_ x: UInt64, _ y: UInt64) -> UInt64 {
        let product = (x ^ 0xa076_1d64_78bd_642f).multipliedFullWidth(by: y ^ 0xe703_7ed1_a0b4_28db)
        return product.high ^ product.low
    }

    /// Reads `count` bytes, and nothing beyond them.
    @inline(__always)
    static func bytes(_ start: UnsafePointer<UInt8>, _ count: Int, seed: UInt64) -> UInt64 {
        let raw = UnsafeRawPointer(start)
        var hash = seed ^ UInt64(truncatingIfNeeded: count)
        var at = 0
        while at &+ 8 <= count {
            hash = mix(hash, raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at &+= 8
        }
        if at < count {
            var rest: UInt64 = 0
            while at < count {
                rest = rest << 8 | UInt64(start[at])
                at &+= 1
            }
            hash = mix(hash, rest)
        }
        return hash
    }
}
