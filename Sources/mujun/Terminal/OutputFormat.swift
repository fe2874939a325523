import ArgumentParser
import Foundation
import Results

/// How rows come out.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case table, csv, json

    /// The export format; `nil` for the table.
    var export: ExportFormat? {
        switch self {
        case .table: nil
        case .csv: .csv
        case .json: .json
        }
    }
}

extension ExportFormat: ExpressibleByArgument {}
extension CSVEncoding: ExpressibleByArgument {}
