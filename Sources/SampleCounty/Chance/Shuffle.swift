extension Array {
    /// Fisher and Yates' shuffle with numbers drawn from the seed.
    mutating func shuffle(seed: UInt64, index: Int) {
        var draw = Draw(seed, .shuffle, index)
        for last in stride(from: count - 1, to: 0, by: -1) { swapAt(last, draw.below(last + 1)) }
    }
}
