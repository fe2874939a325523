/// Something wrong inside an expression: characters from its first, counted from 0.
struct ExpressionProblem: Error, Equatable {
    let start: Int
    let length: Int
    let message: String
    /// Whether it follows from a mistake that was complained about already.
    let isConsequence: Bool

    init(_ start: Int, _ length: Int, _ message: String) {
        self.start = start
        self.length = max(1, length)
        self.message = message
        isConsequence = false
    }

    private init() { (start, length, message, isConsequence) = (0, 1, "", true) }

    static let consequence = ExpressionProblem()
}

extension Syntax {
    /// A problem with this part of the expression.
    func problem(_ message: String) -> ExpressionProblem { ExpressionProblem(start, length, message) }

    var tooLarge: ExpressionProblem {
        problem(
            "the exact value of this could need more than 126 bits; split the node: give a part a name and decimals of its own"
        )
    }
}
