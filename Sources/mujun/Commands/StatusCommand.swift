import ArgumentParser
import Foundation
import Results

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say how the nights went, for the operator and a monitor.",
        discussion: """
            Shows the last success, the last attempt with its findings, how old the inputs are, and what somebody should \
            look at: a last success that is too old, an attempt that failed or was killed, an update of the store \
            that was not finished. Reads the store only, also while a run is recorded.

            --metrics writes the same numbers for the textfile collector of Prometheus' node_exporter, also when the \
            store cannot be read; the file appears complete, or not at all.

            EXAMPLE
              mujun status
              mujun status --hours 30 --format json
              mujun status --metrics /var/lib/prometheus/node-exporter/mujun.prom

            EXIT CODES
              0   all is well
              69  somebody should look; what is the matter is said
              74  there is no store, or it cannot be read
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "How many hours old the last success may be.") var hours = 36
    @Option(help: "table or json.") var format = Format.table
    @Option(help: ArgumentHelp("Write metrics to this file, too.", valueName: "file")) var metrics: String?

    func validate() throws {
        guard (1...100_000).contains(hours) else {
            throw ValidationError("--hours must be from 1 to 100,000.")
        }
    }

    func run() throws {
        try reportingFailures {
            let workspace = try workspace.open()
            let health: Health
            do {
                let store = try Store(opening: workspace.store, for: .reading)
                health = Health(try store.status(), store: workspace.store, hours: hours)
            } catch {
                try write(Metrics(nil, county: workspace.county))
                throw error
            }
            try write(Metrics(health, county: workspace.county))
            switch format {
            case .table:
                try StandardOutput.print(
                    StatusText(health, county: workspace.county, store: workspace.store).text)
            case .json:
                try StandardOutput.write(
                    json: StatusJSON(health, county: workspace.county, store: workspace.store))
            }
            guard health.problems.isEmpty else { throw ExitCode(69) }
        }
    }

    private func write(_ values: Metrics) throws {
        guard let metrics else { return }
        // The collector has an account of its own, and there is nothing confidential in it.
        try OutputFile.write(metrics, mode: 0o644) { sink in try sink(ArraySlice(values.text.utf8)) }
    }
}
