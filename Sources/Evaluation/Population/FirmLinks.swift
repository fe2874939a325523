/// Which firms belong together, directly or through others.
struct FirmLinks {
    /// A firm of the same group with a smaller row, or the firm itself.
    private var parents: [Int32]

    init(_ count: Int) { parents = Array(0..<Int32(count)) }

    mutating func join(_ a: Int32, _ b: Int32) {
        let (a, b) = (first(a), first(b))
        parents[Int(max(a, b))] = min(a, b)
    }

    /// The smallest row of the firm's group as far as it is joined; shortens the way for the next time.
    private mutating func first(_ firm: Int32) -> Int32 {
        var firm = firm
        while parents[Int(firm)] != firm {
            parents[Int(firm)] = parents[Int(parents[Int(firm)])]
            firm = parents[Int(firm)]
        }
        return firm
    }

    /// Every firm once: the groups in the order of their first rows, each in ascending order.
    var groups: [[Int32]] {
        var links = self
        var numbers = [Int32](repeating: -1, count: parents.count)
        var groups: [[Int32]] = []
        for firm in parents.indices {
            let first = Int(links.first(Int32(firm)))
            if numbers[first] < 0 {
                numbers[first] = Int32(groups.count)
                groups.append([])
            }
            groups[Int(numbers[first])].append(Int32(firm))
        }
        return groups
    }
}
