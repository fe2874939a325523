import Evaluation

/// Which firm carries on which other one, as the registry says it (承继).
struct Successors: Sendable {
    /// A firm of the registry that names its successor.
    struct Statement: Sendable {
        let firm: FirmKey
        let successor: FirmKey
        /// Where it stands, for findings.
        let file: Int
        let line: Int
        let byte: Int
    }

    /// More firms than this never carry on one another in a row.
    static let maxChain = 16

    /// The firm at the end of each chain, by the firm at its beginning.
    private(set) var last: [Int32: Int32] = [:]
    /// Statements that lead nowhere: those firms keep their rows.
    private(set) var findings: [(statement: Statement, message: Message)] = []

    init(_ statements: [Statement], _ table: FirmTable) {
        var next: [Int32: Int32] = [:]
        var stated: [Statement] = []
        for statement in statements {
            guard let firm = table.firm(with: statement.firm) else { continue }
            if let successor = table.firm(with: statement.successor) {
                next[firm] = successor
                stated.append(statement)
            } else {
                findings.append((statement, .successorUnknown(statement.successor.text)))
            }
        }
        for statement in stated {
            guard let firm = table.firm(with: statement.firm) else { continue }
            var at = firm
            var steps = 0
            while let successor = next[at], steps <= Successors.maxChain {
                at = successor
                steps += 1
            }
            if steps > Successors.maxChain {
                findings.append((statement, .successorCycle(statement.successor.text)))
            } else {
                last[firm] = at
            }
        }
        findings.sort { ($0.statement.file, $0.statement.line) < ($1.statement.file, $1.statement.line) }
    }
}

extension FirmTable {
    /// The index of the firm with the key.
    func firm(with key: FirmKey) -> Int32? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self.key(of: middle) < key { low = middle + 1 } else { high = middle }
        }
        return low < count && self.key(of: low) == key ? Int32(truncatingIfNeeded: low) : nil
    }
}

extension FirmKey {
    var text: String { String(decoding: bytes, as: UTF8.self) }
}
