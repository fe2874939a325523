/// Takes firms at random for the rare facts, so that even a small county has a few of each kind.
struct FirmPicker {
    private var draw: Draw
    private var taken: Set<Int> = []

    init(_ county: County, _ topic: Draw.Topic) { draw = Draw(county.seed, topic, -1) }

    /// How many firms a kind gets: so many of ten thousand, and two at least.
    static func count(of county: County, perTenThousand: Int) -> Int {
        max(2, county.firms.count * perTenThousand / 10_000)
    }

    /// Another firm that fits and was not taken before; `nil` when none turns up.
    mutating func next(_ county: County, where fits: (Firm, Int) -> Bool) -> Int? {
        for _ in 0..<2000 {
            let index = draw.below(county.firms.count)
            guard !taken.contains(index), fits(county.firms[index], index) else { continue }
            taken.insert(index)
            return index
        }
        return nil
    }

    mutating func within(_ range: ClosedRange<Int>) -> Int { draw.within(range) }
}
