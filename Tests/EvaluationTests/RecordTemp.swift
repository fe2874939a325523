@testable import Evaluation
import Foundation
import Testing
@Suite struct RecordTemp {
    @Test func record() throws {
        var out = ""
        for c in try MistakeTests.cases() {
            var method = try Shipped.testFile("Mistakes/base.yaml")
            out += "=== \(c.title)\n"
            for change in c.changes {
                let parts = method.split(separator: change.old, maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count != 2 { out += "?? NOT FOUND \(change.old)\n"; continue }
                method = parts.joined(separator: change.new)
                for l in change.old.split(separator: "\n", omittingEmptySubsequences: false) { out += "- \(l)\n" }
                for l in change.new.split(separator: "\n", omittingEmptySubsequences: false) { out += "+ \(l)\n" }
            }
            out += "\n"
            do { out += MistakeTests.text(try checked(method).problems, method) } catch { out += "YAML \(error)\n" }
            out += "\n"
        }
        try out.write(toFile: "/tmp/county-cases.txt", atomically: true, encoding: .utf8)
    }
}
