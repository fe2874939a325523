import Evaluation
import Intake

/// A method with the tree of its file, from which methods between two are made.
struct ComparedMethod {
    /// The file, or what the method is called in messages.
    let name: String
    let root: SourceNode
    let method: Method

    var graph: Graph { method.graph }

    /// - Throws: ``Failure`` with every problem when the file cannot be used.
    init(path: String) throws {
        let (text, root) = try MethodFile.read(path: path)
        try self.init(text: text, root: root, name: path)
    }

    /// The method that a store has kept with a run.
    init(stored text: String, run: Int64) throws {
        try self.init(text: text, root: MethodFile.parse(text), name: "run \(run)")
    }

    private init(text: String, root: SourceNode, name: String) throws {
        self.name = name
        self.root = root
        method = try Method(text: text, root: root, name: name)
    }
}
