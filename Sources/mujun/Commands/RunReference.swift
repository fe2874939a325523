import ArgumentParser
import Results

/// A recorded run by its number, the latest, or one that is published: `notice`, `final`, `2021:final`.
enum RunReference: ExpressibleByArgument {
    case id(Int64)
    case latest
    /// The last notice or final list of a data year, the latest that has one when it is `nil`.
    case published(Publication.Action, dataYear: Int?)

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        if argument == "latest" {
            self = .latest
        } else if let id = Int64(argument), id > 0 {
            self = .id(id)
        } else if let word = parts.last, let action = Publication.Action(rawValue: String(word)),
            action != .withdrawn, parts.count <= 2
        {
            guard parts.count == 2 else {
                self = .published(action, dataYear: nil)
                return
            }
            guard let year = Int(parts[0]), (1000...9999).contains(year) else { return nil }
            self = .published(action, dataYear: year)
        } else {
            return nil
        }
    }

    /// - Throws: ``Failure`` when the store has no such run; then it names those that it has.
    func find(in store: Store) throws -> RunSummary {
        let runs = try store.runs()
        switch self {
        case .id(let id):
            if let run = runs.first(where: { $0.id == id }) { return run }
        case .latest:
            if let run = try store.latestRun() { return run }
        case .published(let action, let dataYear):
            let entries = try store.publications().filter { $0.action == action }
            let year = dataYear ?? entries.map(\.dataYear).max()
            if let entry = entries.last(where: { $0.dataYear == year }),
                let run = runs.first(where: { $0.id == entry.run })
            {
                return run
            }
        }
        guard !runs.isEmpty else {
            throw Failure(
                message: "the store \(store.path) holds no run yet; make one with `mujun run`.", exitCode: 74)
        }
        let known = runs.map { "\($0.id) (\($0.dataYear)\($0.publication.map { " \($0.title)" } ?? ""))" }
            .joined(separator: ", ")
        throw Failure.usage(
            "the store \(store.path) holds no run \(text); it has: \(known). Older drafts are replaced by newer ones."
        )
    }

    private var text: String {
        switch self {
        case .id(let id): "\(id)"
        case .latest: "latest"
        case .published(let action, let year): (year.map { "\($0):" } ?? "") + action.rawValue
        }
    }
}
