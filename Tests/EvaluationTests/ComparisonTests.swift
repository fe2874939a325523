import Testing

@testable import Evaluation

/// Who goes where between two evaluations of few firms, and of firms that are only in one of them.
@Suite struct ComparisonTests {
    private func firms(_ numbers: [Int], town: String = "芝英") -> ComparedFirms {
        ComparedFirms(
            codes: TextColumn(numbers.map(Graph.code)), names: TextColumn(numbers.map { "企业\($0)" }),
            town: CellColumn(Array(repeating: 0, count: numbers.count)),
            industry: CellColumn(Array(repeating: 0, count: numbers.count)), towns: [town],
            industries: ["3312"])
    }

    /// - Parameter tiers: of each firm; `nil` for 未参评.
    private func standings(_ tiers: [String?], of all: [String] = ["A", "B", "C", "D"]) -> Standings {
        let none = Missing.notApplicable.cell
        let cells = tiers.map { $0.flatMap { all.firstIndex(of: $0) }.map(Int64.init) ?? none }
        return Standings(
            cohorts: [.init(name: "above", label: "规上")], states: [.init(name: "graded", label: "参评")],
            tiers: all, decimals: 2, state: CellColumn(tiers.map { _ in 0 }),
            cohort: CellColumn(tiers.map { _ in 0 }),
            total: CellColumn(tiers.indices.map { Int64(100 * $0) }), rank: CellColumn(cells),
            tier: CellColumn(cells), lists: [])
    }

    @Test func worstFallsFirst() {
        let comparison = Comparison(
            firms: firms(Array(0..<7)),
            standings: [
                standings(["A", "A", "C", nil, "B", "D", nil]),
                standings(["B", "D", "A", "A", nil, "C", nil]),
            ], steps: [.init(name: "x", label: "x")])
        // A→D, A→B, B→none, none→A, D→C, C→A
        #expect(comparison.movers == [1, 0, 4, 3, 5, 2])
        let counts = comparison.counts()
        #expect([counts.up, counts.down, counts.entered, counts.left] == [2, 2, 1, 1])
        #expect(counts.net == [0, 0, 0, 0])
        #expect(comparison.matrices.count == 2)
        let matrix = comparison.matrices[0]
        #expect(matrix.places.map(comparison.label) == ["A", "B", "C", "D", "未参评"])
        #expect(
            matrix.counts == [
                [0, 1, 0, 1, 0], [0, 0, 0, 0, 1], [1, 0, 0, 0, 0], [0, 0, 1, 0, 0], [1, 0, 0, 0, 0],
            ])
        #expect(comparison.matrices[1].firms == 1)
    }

    /// A tier that only one method has stands behind the one that it follows there.
    @Test func otherTiers() {
        let comparison = Comparison(
            firms: firms([0, 1, 2]),
            standings: [
                standings(["D", "A", "C"]), standings(["C", "A+", "B"], of: ["A+", "A", "B", "C"]),
            ], steps: [.init(name: "x", label: "x")])
        #expect(comparison.tiers == ["A+", "A", "B", "C", "D"])
        #expect(comparison.counts().up == 3)
    }

    @Test func newAndLostFirms() throws {
        var dice = Dice(seed: 9)
        for _ in 0..<50 {
            let old = (0..<12).filter { _ in dice.happens(60) }
            let new = (0..<12).filter { _ in dice.happens(60) }
            let (all, oldPlaces, newPlaces) = ComparedFirms.union(firms(old), firms(new, town: "古山"))
            let numbers = Set(old).union(new).sorted()
            #expect((0..<all.count).map { all.codes[$0] } == numbers.map(Graph.code))
            #expect(oldPlaces.map { numbers[Int($0)] } == old)
            #expect(newPlaces.map { numbers[Int($0)] } == new)
            for (firm, number) in numbers.enumerated() {
                #expect(all.townText(firm) == (new.contains(number) ? "古山" : "芝英"))
            }
            let comparison = Comparison(
                firms: all,
                standings: [
                    standings(old.map { _ in "B" }).among(all.count, at: oldPlaces),
                    standings(new.map { _ in "B" }).among(all.count, at: newPlaces),
                ], steps: [.init(name: "x", label: "x")])
            let counts = comparison.counts()
            #expect(counts.entered == Set(new).subtracting(old).count)
            #expect(counts.left == Set(old).subtracting(new).count)
            for firm in comparison.movers {
                let places = [comparison.oldPlace(firm), comparison.newPlace(firm)].map(comparison.label)
                #expect(places.sorted() == ["B", "不在名录"])
            }
        }
    }
}
