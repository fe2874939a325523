import Intake
import Testing

@testable import Evaluation

/// Damaged method files: whatever is done to them, they are refused or they work; nothing traps.
@Suite struct GarbageTests {
    @Test(arguments: Shipped.methods, 0..<4)
    func damaged(_ method: String, _ part: Int) throws {
        let text = try Shipped.method(method)
        var worked = 0
        for round in 0..<200 {
            var dice = Dice(seed: UInt64(part * 200 + round))
            let damaged = GarbageTests.damage(text, &dice)
            guard let root = try? MethodFile.parse(damaged) else { continue }
            let checker = Checker(root, contracts: Shipped.contracts)
            let isRefused = checker.problems.contains { $0.severity == .error }
            #expect((checker.graph == nil) == isRefused, "\(method) \(part) \(round)")
            let lines = damaged.split(omittingEmptySubsequences: false) { $0.isNewline }
            for problem in checker.problems {
                #expect(lines.indices.contains(problem.place.line - 1), "\(problem)")
                #expect(problem.place.column >= 1 && problem.length >= 1, "\(problem)")
            }
            guard let graph = checker.graph else { continue }
            worked += 1
            let firms = (0..<3).map { _ in graph.randomRow(&dice) }
            if let evaluated = try? graph.evaluate(firms) {
                #expect(evaluated.tally.states.reduce(0, +) == 3)
                for firm in firms.indices {
                    _ = Explainer(graph: graph, firm: FirmValues(evaluated, firm: firm)).explanation()
                }
            }
        }
        #expect(worked > 10)
    }

    /// Deletes, doubles, swaps and replaces characters and lines.
    private static func damage(_ text: String, _ dice: inout Dice) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<dice.roll(1...3) {
            let index = dice.roll(0...lines.count - 1)
            switch dice.roll(1...10) {
            case 1: lines.remove(at: index)
            case 2: lines.insert(lines[index], at: dice.roll(0...lines.count - 1))
            case 3: lines.swapAt(index, dice.roll(0...lines.count - 1))
            default:
                var characters = Array(lines[index])
                guard !characters.isEmpty else { continue }
                let position = dice.roll(0...characters.count - 1)
                switch dice.roll(1...5) {
                case 1: characters.remove(at: position)
                case 2: characters.insert(characters[position], at: position)
                case 3: characters.swapAt(position, dice.roll(0...characters.count - 1))
                default:
                    characters[position] = dice.one(
                        of: Array("()[]{},:'\"-+*/<=>%& 09.\n税亩aez_#|\u{7F}\u{3000}²"))
                }
                lines[index] = String(characters)
            }
            guard !lines.isEmpty else { return "" }
        }
        return lines.joined(separator: "\n")
    }

    @Test func veryLongExpressions() throws {
        let base = try Shipped.testFile("Mistakes/base.yaml")
        for (piece, count) in [
            ("1 + ", 5000), ("-", 5000), ("not ", 5000), ("1 * ", 300), ("(", 5000), ("1 and ", 400),
        ] {
            let long = String(repeating: piece, count: count) + "1"
            let checker = try checked(base.replacing("tax / land", with: long, maxReplacements: 1))
            #expect(checker.problems.count == 1, "\(piece)")
        }
        let chain = String(repeating: "tax + ", count: 40) + "tax"
        #expect(try checked(base.replacing("revenue / land", with: "(\(chain)) / land")).graph != nil)
    }
}
