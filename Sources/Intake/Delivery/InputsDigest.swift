import Crypto
import Evaluation
import Foundation

extension Survey {
    /// SHA-256 over what makes inputs the same inputs; see ``inputsDigest``. In any order of files.
    static func inputsDigest(of files: [SurveyedFile], _ contracts: [FeedContract]) -> String {
        let lines = files.map { file in
            let period = file.period.map { "\(Period.text($0.lowerBound))/\(Period.text($0.upperBound))" }
            let counting: String
            switch file.counting {
            case .all: counting = "all"
            case .months(let mask): counting = "months:\(mask)"
            case .dataYear: counting = "year"
            }
            // The same bytes mean something else in another encoding.
            let encoding = file.encoding == .utf8 ? "" : "\t\(file.encoding.name)"
            let table = TablePath.table(of: file.path)
            return "\(contracts[file.feed].name)\t\(period ?? file.stateOf?.description ?? "")\t\(counting)\t"
                + "\(file.sha256)\(table.isEmpty ? "" : "\t" + table)\(encoding)\n"
        }
        return Hexadecimal.text(SHA256.hash(data: Data(lines.sorted().joined().utf8)))
    }
}
