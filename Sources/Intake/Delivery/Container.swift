/// How a delivered file holds its rows; told from its name, and checked against its content when it is opened.
package enum Container: Sendable, Equatable, CaseIterable {
    case csv, gzip, zip, xlsx

    init(path: String) {
        let name = path.lowercased()
        self =
            name.hasSuffix(".gz")
            ? .gzip : name.hasSuffix(".zip") ? .zip : name.hasSuffix(".xlsx") ? .xlsx : .csv
    }

    /// How the archive's copies end.
    var suffix: String {
        switch self {
        case .csv: ".csv"
        case .gzip: ".csv.gz"
        case .zip: ".zip"
        case .xlsx: ".xlsx"
        }
    }

    /// Least bytes that a row takes in such a file, roughly: to guess how many there are.
    var leastRow: Int { self == .csv ? 40 : 8 }
}

/// One of the tables in a file that may hold several: a member of a zip file, a sheet of a workbook.
///
/// It is written behind the file's path, `2021.xlsx#一月`; where the manifest names none, there is only the path.
enum TablePath {
    static func join(_ path: String, _ table: String) -> String { table.isEmpty ? path : "\(path)#\(table)" }

    /// The name of the table in what ``join(_:_:)`` made; empty when there is none.
    static func table(of path: String) -> String {
        mark(in: path).map { String(path[$0...].dropFirst()) } ?? ""
    }

    /// The path without the table's name.
    static func file(of path: String) -> String { mark(in: path).map { String(path[..<$0]) } ?? path }

    /// Whether a file has such a name that nobody could tell where a table's name begins.
    static func isAmbiguous(_ path: String) -> Bool { mark(in: path) != nil }

    private static func mark(in path: String) -> String.Index? {
        path.indices.first { index in
            guard path[index] == "#" else { return false }
            let name = path[..<index].lowercased()
            return name.hasSuffix(".zip") || name.hasSuffix(".xlsx")
        }
    }
}
