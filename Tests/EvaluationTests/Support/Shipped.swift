import Foundation
import Intake

@testable import Evaluation

/// The files that ship with the program, and those that lie beside the tests.
enum Shipped {
    static let contracts: [FeedContract] = (try? ShippedContracts.load()) ?? []
    static let methods = [
        "changle-2023", "huaian-2024", "huangyan-2021", "huangyan-2022", "jingde-2022", "parks-2022",
        "towns-2022", "wenling-2022", "yongkang-2021", "zhengzhou-2018",
    ]

    /// Complete: with what it is based on.
    static func method(_ name: String) throws -> String {
        try MethodSource.read(path: root.appending(path: "Samples/methods/\(name).yaml").path).text
    }

    /// The cases beside a method.
    static func cases(_ name: String) throws -> String {
        try text(of: root.appending(path: "Samples/methods/\(name).cases.yaml"))
    }

    static func graph(_ name: String) throws -> Graph { try compiled(try method(name)) }

    /// A file under `Tests/EvaluationTests`.
    static func testFile(_ path: String) throws -> String {
        try text(of: root.appending(path: "Tests/EvaluationTests/\(path)"))
    }

    /// A file under `Docs`.
    static func page(_ name: String) throws -> String { try text(of: root.appending(path: "Docs/\(name)")) }

    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(of file: URL) throws -> String {
        String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }
}

func checked(_ method: String) throws -> Checker {
    Checker(try MethodFile.parse(method), contracts: Shipped.contracts)
}

/// The graph of a method without errors.
func compiled(_ method: String) throws -> Graph {
    let checker = try checked(method)
    guard let graph = checker.graph else { throw Refused(problems: checker.problems) }
    return graph
}

/// What is said of a method without errors.
func warnings(about method: String) throws -> [String] {
    let checker = try checked(method)
    guard checker.graph != nil else { throw Refused(problems: checker.problems) }
    return checker.problems.map(\.message)
}

struct Refused: Error {
    let problems: [MethodProblem]
}

/// One after the other, on the caller's thread.
func inOrder(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    for index in 0..<count { body(index) }
}
