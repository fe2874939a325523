import Foundation
import Testing

/// What processes leave that were killed in the midst of a copy.
@Suite struct LeftOverTests {
    @Test func theNextRunRemovesThemAndLeavesThoseOfOthers() throws {
        let county = try County(firms: 40)
        #expect(try county.run().exitCode == 0)
        try county.setAsOf("2022-06-30")
        // A process that is certainly gone, and one that certainly lives.
        let made = try Executable.shell(
            """
            set -e
            file=$(find '\(county.folder)/archive' -name '*.gz' | sort | head -n 1)
            rm "$file"
            gone=$(sh -c 'echo $$')
            echo half > "$file.$gone.tmp"
            echo half > "$file.\(getpid()).tmp"
            echo "$file"
            """)
        #expect(made.exitCode == 0, "\(made.errors)")
        let file = made.output.trimmingCharacters(in: .newlines)
        #expect(try county.run().exitCode == 0)
        let left = try FileManager.default.contentsOfDirectory(
            atPath: (file as NSString).deletingLastPathComponent
        ).filter { $0.hasPrefix((file as NSString).lastPathComponent) }
        let name = (file as NSString).lastPathComponent
        #expect(left.sorted() == [name, "\(name).\(getpid()).tmp"])
    }
}
