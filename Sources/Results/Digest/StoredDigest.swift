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
                hash.update(data: Array(row.shellText.utf8))
            }
            return Hexadecimal.text(hash.finalize())
        }
    }
}
