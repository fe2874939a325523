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

enum StandardOutput {
    /// - Throws: ``Failure`` when the reader has gone or the disk is full.
    static func write(_ bytes: ArraySlice<UInt8>) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch {
            throw Failure.cannotWrite("the output cannot be written: \(error.localizedDescription)")
        }
    }
}
