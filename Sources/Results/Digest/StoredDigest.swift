import Crypto
import Evaluation
import GRDB

extension Store {
    /// Computes the digest of a run from its rows, as a stranger would; equal to `RunSummary.resultDigest`
    /// unless something was changed.
    package func resultDigest(_ run: Int64) throws(StoreError) -> String {
        try read { db in
            var hash = SHA256()
            let rows = try Row.fetchCursor(db, sql: ResultDigest.query, arguments: ["run": run])
            while let row = try rows.next() {
                // Every value as the shell prints it in list mode: integers, texts, nothing for NULL.
                let cells = row.databaseValues.map { value in
                    switch value.storage {
                    case .string(let text): text
                    case .int64(let number): String(number)
                    case .null, .double, .blob: ""
                    }
                }
                hash.update(data: Array((cells.joined(separator: "|") + "\n").utf8))
            }
            return Hexadecimal.text(hash.finalize())
        }
    }
}
