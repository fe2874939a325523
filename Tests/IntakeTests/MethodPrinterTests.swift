import Evaluation
import Testing

@testable import Intake

/// A tree that is printed as YAML and read again is the same tree.
@Suite struct MethodPrinterTests {
    private static let texts = [
        "", " ", "a", "税收", "sum(a, b)", "x: y", "x:", "a #b", "# c", "- d", "-5 * e", "-", "? f", "'", "\"",
        "it's", "a\"b",
        "a\nb", "a\n", "\n", "\ta", "a\tb", "  a", "a  ", "{}", "[1, 2]", "}", "]", ",", "a, b", "&x", "*y",
        "x *y", "!t",
        "|", ">", "%", "50%", "@", "`", "~", "null", "yes", "0x10", "1e3", "2021-01-01", "---", "...",
        "--- a", "<<", "=",
        "a\\nb", "\\", "\u{85}", "\u{2028}", "a\u{FEFF}b", "\u{202E}abc", "\u{7}", "：", "，", "，甲",
        "（1）", "m²", "😀", "甲 乙 丙", "a : b", "a :b", "a:b", "#", "a#b", "tax / land if land > 0 亩 else 0",
        String(repeating: "税收 + ", count: 40) + "1", String(repeating: "很长", count: 90),
        String(repeating: "a b  c ", count: 30), String(repeating: "#x ", count: 60) + "y",
    ]

    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    private static func scalar(_ text: String) -> SourceNode {
        SourceNode(.scalar(text), place: SourcePlace(line: 1, column: 1))
    }

    private static func tree(_ depth: Int, _ dice: inout Dice) -> SourceNode {
        let kind = depth == 0 ? 0 : Int.random(in: 0...4, using: &dice)
        switch kind {
        case 0, 1: return scalar(texts.randomElement(using: &dice) ?? "")
        case 2:
            let items = (0..<Int.random(in: 0...4, using: &dice)).map { _ in tree(depth - 1, &dice) }
            return SourceNode(.sequence(items), place: SourcePlace(line: 1, column: 1))
        default:
            var keys: Set<String> = []
            var pairs: [(key: SourceNode, value: SourceNode)] = []
            for _ in 0..<Int.random(in: 0...5, using: &dice) {
                let key = texts.randomElement(using: &dice) ?? ""
                guard keys.insert(key).inserted else { continue }
                pairs.append((scalar(key), tree(depth - 1, &dice)))
            }
            return SourceNode(.mapping(pairs), place: SourcePlace(line: 1, column: 1))
        }
    }

    /// Without places.
    private static func shape(_ node: SourceNode) -> String {
        switch node.content {
        case .scalar(let text): text.debugDescription
        case .sequence(let items): "[\(items.map(shape).joined(separator: ","))]"
        case .mapping(let pairs):
            "{\(pairs.map { "\(shape($0.key)):\(shape($0.value))" }.joined(separator: ","))}"
        }
    }

    @Test(arguments: 0..<8)
    func anyTree(_ seed: Int) throws {
        var dice = Dice(state: UInt64(seed) &+ 77)
        for _ in 0..<150 {
            let tree = Self.tree(4, &dice)
            let yaml = tree.yaml
            // Signs of aliases inside texts are refused together with signs of anchors, wherever they stand.
            let lines = MethodLines(yaml)
            guard lines.anchor == nil || !lines.hasAlias else { continue }
            let read: SourceNode
            do {
                read = try MethodFile.parse(yaml)
            } catch {
                Issue.record("\(error): \(yaml)")
                continue
            }
            #expect(Self.shape(read) == Self.shape(tree), "\(yaml)")
            #expect(read.yaml == yaml)
        }
    }

    @Test func layout() throws {
        let yaml = """
            mujun: method/1

            measures:
              tax: {label: 税收, unit: 万元, decimals: 4, value: sum(tax.vat_net)}
              long:
                label: 很长的一项，写不进一行的说明，写不进一行的说明，写不进一行的说明，写不进一行的说明
                value: >-
                  sum(tax.vat_net) + sum(tax.export_credit) + sum(tax.income_tax) + sum(tax.property_tax) +
                  sum(tax.land_use_tax)

            parameters:
              base:
                label: 基准
                values:
                  - {from: 2021, value: 1}
                  - {from: 2022, value: 2}

            tiers:
              order: [A, B, C, D]
              when: 'has(event, 安全事故)'

            """
        #expect(
            try MethodFile.parse(yaml).yaml == yaml.replacing("'has(event, 安全事故)'", with: "has(event, 安全事故)"))
    }
}
