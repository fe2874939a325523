/// Plants bad rows (stub replaced below).
struct BadRows {
    func planted(in file: String, _ bytes: [UInt8]) -> (bytes: [UInt8], addedRows: Int) { (bytes, 0) }
}
