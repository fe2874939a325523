@testable import Evaluation

extension CellColumn: ExpressibleByArrayLiteral {
    public init(arrayLiteral cells: Int64...) { self.init(cells) }
}
