import Evaluation

/// What rows of one file, or of one feed, said of their firms where a code alone did not do; rows that were found by their
/// code are only counted, elsewhere.
///
/// At most ``maxThings`` different things are kept apart: the first in their order. What is beyond them in one file is
/// beyond them in all, so that the outcome is the same in whatever order rows and files are added.
struct LinkLog: Sendable {
    struct Thing: Hashable, Comparable, Sendable {
        let slot: Int
        let way: LinkWay
        /// -1 without one.
        let firm: Int32
        let code: [UInt8]
        /// The meter or certificate; where a feed has neither, the name.
        let key: [UInt8]

        static func < (a: Thing, b: Thing) -> Bool {
            if a.way != b.way { return a.way < b.way }
            if a.code != b.code { return a.code.lexicographicallyPrecedes(b.code) }
            if a.key != b.key { return a.key.lexicographicallyPrecedes(b.key) }
            return (a.slot, a.firm) < (b.slot, b.firm)
        }
    }

    /// Things that are not kept apart.
    struct Rest: Hashable, Sendable {
        let slot: Int
        let way: LinkWay
        let firm: Int32
    }

    struct Tally: Sendable {
        var name: [UInt8]
        var accepted = 0
        var unused = 0
    }

    static let maxThings = 20_000

    /// At most ``maxThings`` once settled.
    private(set) var things: [Thing: Tally] = [:]
    private(set) var rest: [Rest: Tally] = [:]
    /// The last thing that was kept when there were too many; what comes after it never is.
    private var last: Thing?

    mutating func add(_ thing: Thing, name: [UInt8], accepted: Int = 0, unused: Int = 0) {
        if let last, last < thing {
            addToRest(thing, accepted, unused)
            return
        }
        var tally = things[thing] ?? Tally(name: name)
        // Of several names the least, so that the order of rows and files does not matter.
        if name.lexicographicallyPrecedes(tally.name) { tally.name = name }
        tally.accepted += accepted
        tally.unused += unused
        things[thing] = tally
        // Sorting is dear, so half as many more may gather first.
        if things.count >= LinkLog.maxThings + LinkLog.maxThings / 2 { settle() }
    }

    mutating func add(_ other: LinkLog) {
        for (thing, tally) in other.things {
            add(thing, name: tally.name, accepted: tally.accepted, unused: tally.unused)
        }
        for (place, tally) in other.rest {
            rest[place, default: Tally(name: [])].accepted += tally.accepted
            rest[place, default: Tally(name: [])].unused += tally.unused
        }
    }

    /// Keeps the first things in their order apart, and counts the others together.
    mutating func settle() {
        guard things.count > LinkLog.maxThings else { return }
        let order = things.keys.sorted()
        for thing in order[LinkLog.maxThings...] {
            guard let tally = things.removeValue(forKey: thing) else { continue }
            addToRest(thing, tally.accepted, tally.unused)
        }
        last = order[LinkLog.maxThings - 1]
    }

    private mutating func addToRest(_ thing: Thing, _ accepted: Int, _ unused: Int) {
        let place = Rest(slot: thing.slot, way: thing.way, firm: thing.firm)
        rest[place, default: Tally(name: [])].accepted += accepted
        rest[place, default: Tally(name: [])].unused += unused
    }
}
