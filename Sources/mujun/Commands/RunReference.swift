import ArgumentParser
import Results

/// A recorded run by its number, the latest, or one that is published: `notice`, `final`, `2021:final`, `2021:notice:1`.
enum RunReference: ExpressibleByArgument {
    case id(Int64)
    case latest
    /// The notice or final list of a data year, of the latest that has one when it is `nil`; its last version when none is
    /// named.
    case published(Publication.Action, dataYear: Int?, version: Int?)

    init?(argument: String) {
        if argument == "latest" {
            self = .latest
        } else if let id = Int64(argument), id > 0 {
            self = .id(id)
        } else if let action = Publication.Action(rawValue: argument), action != .withdrawn {
            self = .published(action, dataYear: nil, version: nil)
        } else {
            let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard (2...3).contains(parts.count), let year = Int(parts[0]), (1000...9999).contains(year),
                let action = Publication.Action(rawValue: parts[1]), action != .withdrawn
            else { return nil }
            let version = parts.count == 3 ? Int(parts[2]) : nil
            guard parts.count == 2 || version.map({ $0 > 0 }) == true else { return nil }
            self = .published(action, dataYear: year, version: version)
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
        case .published(let action, let dataYear, let version):
            let entries = try store.publications().filter { $0.action == action }
            let year = dataYear ?? entries.map(\.dataYear).max()
            let entry = entries.last { $0.dataYear == year && (version == nil || $0.version == version) }
            if let entry, let run = try store.run(of: entry) { return run }
        }
        guard !runs.isEmpty else { throw Self.noRun(store) }
        let known = runs.map { "\($0.id) (\($0.dataYear)\($0.publication.map { " \($0.title)" } ?? ""))" }
            .joined(separator: ", ")
        throw Failure.usage(
            "the store \(store.path) holds no run \(text); it has: \(known). Older drafts are replaced by newer ones."
        )
    }

    static func noRun(_ store: Store) -> Failure {
        Failure(
            message: "the store \(store.path) holds no run yet; make one with `mujun run`.", exitCode: 74)
    }

    private var text: String {
        switch self {
        case .id(let id): "\(id)"
        case .latest: "latest"
        case .published(let action, let year, let version):
            (year.map { "\($0):" } ?? "") + action.rawValue + (version.map { ":\($0)" } ?? "")
        }
    }
}
