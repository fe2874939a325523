import ArgumentParser
import Foundation
import SampleCounty

struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Invent a county and write what its departments would deliver.",
        discussion: """
            The firms are invented. The same number of firms and the same seed give the same bytes on every machine.

            EXAMPLE
              mujun sample --firms 1200 --seed 2022 --out /tmp/yongkang

            EXIT CODES
              0   written
              64  usage, such as a number of firms out of range
              73  the folder cannot be written, or exists and is not empty
            """)

    @Option(help: "How many firms the registry holds (20 to 10,000,000).")
    var firms: Int

    @Option(help: "Seed of everything that is drawn.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Folder to write the deliveries to; new or empty.", valueName: "folder"))
    var out: String

    @Flag(help: "Plant bad rows of every kind and list them in expected-findings.csv (100 to 20,000 firms).")
    var dirty = false

    @Flag(
        help:
            "Write everything in the other ways that contracts take: GB18030, titles, totals, 万元 (20 to 20,000 firms)."
    )
    var lenient = false

    func run() throws {
        guard !dirty || !lenient else { throw ValidationError("Give --dirty or --lenient, not both.") }
        let existing = try? FileManager.default.contentsOfDirectory(atPath: out)
        if FileManager.default.fileExists(atPath: out), existing?.isEmpty != true {
            try stop("\(out) exists and is not an empty folder; give a new folder or empty it", ExitCode(73))
        }
        do throws(CountyError) {
            try SampleCounty.write(
                CountyRequest(firms: firms, seed: seed, dirty: dirty, lenient: lenient), to: out)
        } catch {
            switch error {
            case .firmsOutOfRange, .yearOutOfRange: throw ValidationError(error.description)
            case .cannotWrite: try stop(error.description, ExitCode(73))
            }
        }
    }

    private func stop(_ message: String, _ code: ExitCode) throws -> Never {
        FileHandle.standardError.write(Data("mujun sample: \(message)\n".utf8))
        throw code
    }
}
