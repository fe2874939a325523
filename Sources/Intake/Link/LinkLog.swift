import Evaluation

/// What rows of one file, or of one feed, said of their firms where a code alone did not do; rows that were found by their
/// code are only counted, elsewhere.
struct LinkLog: Sendable {
    struct Thing: Hashable, Sendable {
        let slot: Int
        let way: LinkWay
        /// -1 without one.
        let firm: Int32
        let code: [UInt8]
        /// The meter or certificate; where a feed has neither, the name.
        let key: [UInt8]
    }

    struct Tally: Sendable {
        var name: [UInt8]
        var accepted = 0
        var unused = 0
    }

    /// Different things that are kept apart; what comes beyond them is counted by way alone.
    static let maxThings = 20_000

    private(set) var things: [Thing: Tally] = [:]

    mutating func add(_ thing: Thing, name: [UInt8], accepted: Int = 0, unused: Int = 0) {
        var thing = thing
        if things[thing] == nil, things.count >= LinkLog.maxThings {
            thing = Thing(slot: thing.slot, way: thing.way, firm: thing.firm, code: [], key: [])
        }
        var tally = things[thing] ?? Tally(name: name)
        // Of several names the least, so that the order of rows and files does not matter.
        if name.lexicographicallyPrecedes(tally.name) { tally.name = name }
        tally.accepted += accepted
        tally.unused += unused
        things[thing] = tally
    }

    mutating func add(_ other: LinkLog) {
        for (thing, tally) in other.things {
            add(thing, name: tally.name, accepted: tally.accepted, unused: tally.unused)
        }
    }
}
