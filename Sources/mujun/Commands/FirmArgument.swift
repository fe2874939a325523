import ArgumentParser
import Foundation
import Results

/// A firm, by its credit code or a part of its name.
struct FirmArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("Credit code (18 characters), or a part of the name.", valueName: "firm"))
    var text: String

    private static let shown = 20

    func validate() throws {
        guard !text.isEmpty else { throw ValidationError("Give a credit code or a part of a name.") }
    }

    private var isLikeACode: Bool {
        let text = text.trimmingCharacters(in: .whitespaces)
        return text.utf8.count > 12
            && text.utf8.allSatisfy { ($0 | 32) > 96 && ($0 | 32) < 123 || (48...57).contains($0) }
    }

    private var wanted: String {
        let text = text.trimmingCharacters(in: .whitespaces)
        return isLikeACode ? text.uppercased() : text
    }

    /// Firms of a run that fit, one more than are ever shown.
    func matches(_ store: Store, _ run: RunSummary) throws -> [FirmRow] {
        try store.firms(matching: wanted, run, limit: FirmArgument.shown + 1)
    }

    /// - Throws: ``Failure`` when there is none, or when several fit; then it names them.
    func find(_ store: Store, _ run: RunSummary) throws -> FirmRow {
        let text = wanted
        let firms = try matches(store, run)
        guard let firm = firms.first else {
            if isLikeACode {
                throw Failure.usage(
                    "run \(run.id) of \(run.dataYear) knows no firm with the credit code `\(text)`. A code has 18 characters, "
                        + "this has \(text.count); compare every one of them.")
            }
            throw Failure.usage(
                "run \(run.id) of \(run.dataYear) knows no firm with the code or name `\(text)`. A name must match character "
                    + "by character; try a shorter part of it.")
        }
        if firms.count == 1 { return firm }
        var table = Table([("", .left), ("", .left), ("", .left)], indent: 2)
        for firm in firms.prefix(FirmArgument.shown) { table.add([firm.code, firm.name, firm.town ?? ""]) }
        let more = firms.count > FirmArgument.shown ? "\n  … and more" : ""
        throw Failure.usage(
            "several firms fit `\(text)`; give a code or more of the name:\n\(table.text)\(more)")
    }
}
