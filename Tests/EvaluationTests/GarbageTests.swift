import Foundation
import Intake
import Testing

@testable import Evaluation

/// Damaged method files: whatever is done to them, they are refused or they work; nothing traps.
@Suite struct GarbageTests {
    private static let methods = Shipped.methods + ["base"]

    /// Files that are damaged for one test case; there are four for each method.
    private static let rounds: Int = {
        let asked = ProcessInfo.processInfo.environment["METHOD_MUTATIONS"].flatMap { Int($0) } ?? 600
        return asked / (4 * methods.count) + 1
    }()

    /// A damaged file is refused with a sentence, means the same, or means something else of which the difference can
    /// be named; then it works. `METHOD_MUTATIONS=10000` damages that many files.
    @Test(.timeLimit(.minutes(30)), arguments: methods, 0..<4)
    func damaged(_ method: String, _ part: Int) throws {
        // The base of the mistakes has the keys that no sample needs.
        let text = try method == "base" ? Shipped.testFile("Mistakes/base.yaml") : Shipped.method(method)
        let original = try compiled(text)
        let originalRoot = try MethodFile.parse(text)
        let meaning = original.meaning
        var worked = 0
        for round in 0..<GarbageTests.rounds {
            var dice = Dice(seed: UInt64(part * 1_000_000 + round))
            // What is no UTF-8 any more is refused by the reader.
            guard let damaged = GarbageTests.damage(text, &dice) else { continue }
            let root: SourceNode
            do throws(IntakeError) { root = try MethodFile.parse(damaged) } catch {
                #expect(error.message.contains(/^[0-9]+:[0-9]+: ./), "\(method) \(part) \(round)")
                continue
            }
            let checker = Checker(root, contracts: Shipped.contracts)
            let isRefused = checker.problems.contains { $0.severity == .error }
            #expect((checker.graph == nil) == isRefused, "\(method) \(part) \(round)")
            let lines = damaged.split(omittingEmptySubsequences: false) { $0.isNewline }
            for problem in checker.problems {
                #expect(lines.indices.contains(problem.place.line - 1), "\(problem)")
                #expect(problem.place.column >= 1 && problem.length >= 1, "\(problem)")
                #expect(!problem.message.isEmpty)
            }
            guard let graph = checker.graph else { continue }
            worked += 1
            let differences = MethodDifferences(original, originalRoot, graph, root)
            #expect(
                differences.differences.isEmpty == (graph.meaning == meaning), "\(method) \(part) \(round)")
            GarbageTests.expectAllNamed(differences, original, graph, "\(method) \(part) \(round)")
            let firms = (0..<3).map { _ in graph.randomRow(&dice) }
            if let evaluated = try? graph.evaluate(firms) {
                #expect(evaluated.tally.states.reduce(0, +) == 3)
                for firm in firms.indices {
                    _ = Explainer(graph: graph, firm: FirmValues(evaluated, firm: firm)).explanation()
                }
            }
        }
        // The base has hardly a word that may be damaged.
        if GarbageTests.rounds >= 100 { #expect(worked > 0 || method == "base") }
    }

    @Test(arguments: Shipped.methods)
    func damagedCases(_ method: String) throws {
        let graph = try Shipped.graph(method)
        let text = try Shipped.cases(method)
        var worked = 0
        for round in 0..<150 {
            var dice = Dice(seed: UInt64(round))
            guard let damaged = GarbageTests.damage(text, &dice),
                let root = try? MethodFile.parse(damaged)
            else { continue }
            let reader = CaseReader(root, graph: graph)
            let lines = damaged.split(omittingEmptySubsequences: false) { $0.isNewline }
            for problem in reader.problems {
                #expect(lines.indices.contains(problem.place.line - 1), "\(problem)")
                #expect(problem.place.column >= 1 && problem.length >= 1, "\(problem)")
            }
            guard reader.problems.isEmpty else { continue }
            worked += 1
            _ = try? graph.differences(damaged)
            _ = try? graph.gaps(damaged)
        }
        #expect(worked > 10)
    }

    /// Whatever a line of only one of the meanings speaks of is named, with words that differ: once names that only are
    /// others are the same, and columns are written out in place of their names.
    private static func expectAllNamed(
        _ differences: MethodDifferences, _ old: Graph, _ new: Graph, _ what: Comment
    ) {
        func written(_ graph: Graph) -> String {
            graph.meaning(MeaningText(graph: graph, writesOutColumns: true))
        }
        let (a, b) = (written(Renaming(old, to: new).renamed), written(new))
        var named = Set(differences.differences.map(\.name))
        // What the total makes of weights is told with the points.
        if differences.differences.contains(where: { $0.kind == .points }) { named.insert("total") }
        let lines = Set(a.split(separator: "\n")).symmetricDifference(b.split(separator: "\n"))
        for line in lines {
            let words = line.split(separator: " ")
            let hasName = ["node", "statistic", "state", "cohort", "decision", "list", "ground"].contains(
                words[0])
            #expect(named.contains(hasName ? String(words[1]) : ""), what)
        }
        for aspect in differences.differences.flatMap(\.aspects) {
            #expect(aspect.old?.words != aspect.new?.words, what)
        }
    }

    /// Flips bits; deletes, doubles, swaps and replaces characters and lines. `nil` when no UTF-8 is left.
    static func damage(_ text: String, _ dice: inout Dice) -> String? {
        var bytes = Array(text.utf8)
        if dice.happens(20) {
            for _ in 0..<dice.roll(1...3) {
                bytes[dice.roll(0...bytes.count - 1)] ^= 1 << UInt8(dice.roll(0...7))
            }
            return String(validating: bytes, as: UTF8.self)
        }
        return damageLines(text, &dice)
    }

    private static func damageLines(_ text: String, _ dice: inout Dice) -> String {
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
