import Foundation
import Testing

/// `mujun method check` needs nothing but the file.
@Suite struct MethodCheckTests {
    @Test func shippedMethodsAreWithoutWarnings() throws {
        for method in ["huangyan-2021", "huangyan-2022", "yongkang-2021"] {
            let file = repository.appendingPathComponent("Samples/methods/\(method).yaml").path
            let outcome = try Executable.run("method", "check", file)
            #expect(outcome.exitCode == 0)
            #expect(outcome.errors == "")
            #expect(outcome.output.hasPrefix("\(method), data of 20"))
            #expect(outcome.output.hasSuffix(" 2 lists; no warnings\n"))
            #expect(outcome.output.count { $0 == "\n" } == 1)
        }
    }

    /// Every file of Samples/bad/methods: what stands beside it, as a whole, and the exit code.
    @Test func badMethods() throws {
        let folder = repository.appendingPathComponent("Samples/bad/methods").path
        let outcome = try Executable.shell(
            """
            cd '\(folder)'
            for file in *.yaml; do
                said=$($MUJUN method check $file 2>/dev/null); code=$?
                wanted=65
                if ! grep -qE ': error: |^[^:]*:[0-9]+:[0-9]+: ([^w]|w[^a])' "${file%.yaml}.txt"; then
                    wanted=0
                    said=$(sed '$d' <<<"$said")
                fi
                [ "$said" = "$(cat "${file%.yaml}.txt")" ] || echo "$file: other words"
                [ $code = $wanted ] || echo "$file: exit code $code"
            done
            """)
        #expect(outcome.output == "")
        #expect(outcome.exitCode == 0)
    }

    @Test func whatIsSaidOfARefusal() throws {
        let folder = repository.appendingPathComponent("Samples/bad/methods").path
        let several = try Executable.run(
            "method", "check", "\(folder)/several-mistakes-at-once-in-the-order-of-the-file.yaml")
        #expect(several.exitCode == 65)
        #expect(several.errors == "mujun: error: the method file is refused: 5 errors\n")
        let broken = try Executable.run("method", "check", "\(folder)/a-tab.yaml")
        #expect(broken.exitCode == 65)
        #expect(broken.errors.contains("correct this first"))
        let missing = try Executable.run("method", "check", "\(folder)/nowhere.yaml")
        #expect(missing.exitCode == 74)
        #expect(missing.errors.contains("Check that the file exists"))
        #expect(try Executable.run("method", "check").exitCode == 64)
    }
}
