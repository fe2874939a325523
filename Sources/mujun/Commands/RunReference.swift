import ArgumentParser
import Results

/// A recorded run by its number, or the latest.
enum RunReference: ExpressibleByArgument {
    case id(Int64)
    case latest

    init?(argument: String) {
        if argument == "latest" {
            self = .latest
        } else if let id = Int64(argument), id > 0 {
            self = .id(id)
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
        }
        guard !runs.isEmpty else {
            throw Failure(
                message: "the store \(store.path) holds no run yet; make one with `mujun run`.", exitCode: 74)
        }
        let known = runs.map { "\($0.id) (\($0.dataYear))" }.joined(separator: ", ")
        throw Failure.usage(
            "the store \(store.path) holds no run \(text); it has: \(known). Older drafts are replaced by newer ones."
        )
    }

    private var text: String {
        switch self {
        case .id(let id): "\(id)"
        case .latest: "latest"
        }
    }
}
