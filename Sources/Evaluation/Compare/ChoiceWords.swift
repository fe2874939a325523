// Choices of a method as people read them.

extension Rounding {
    var words: String {
        switch self {
        case .halfAway: "四舍五入"
        case .halfEven: "四舍六入五成双"
        case .down: "向零舍去"
        case .up: "远离零进位"
        }
    }
}

extension Ranking.Ties {
    var words: String {
        switch self {
        case .shareBetter: "并列者同入较好档次"
        case .shareWorse: "并列者同入较差档次"
        case .split: "并列者按统一社会信用代码分开"
        }
    }
}

extension Ranking.QuotaRounding {
    var words: String {
        switch self {
        case .down: "舍去"
        case .up: "进一"
        case .nearest: "四舍五入"
        case .largestRemainder: "最大余数法"
        }
    }
}
