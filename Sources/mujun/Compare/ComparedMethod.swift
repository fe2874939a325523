import Evaluation
import Intake

/// A method with the tree of its file, from which methods between two are made.
struct ComparedMethod {
    /// The file, or what the method is called in messages.
    let name: String
    let method: Method
    private let source: MethodSource

    /// The complete method, with what its file is based on.
    var root: SourceNode { source.root }
    var graph: Graph { method.graph }

    /// - Throws: ``Failure`` with every problem when the file cannot be used.
    init(path: String) throws {
        try self.init(MethodSource.read(path: path), name: path)
    }

    /// The method that a store has kept with a run.
    init(stored text: String, run: Int64) throws {
        let name = "run \(run)"
        try self.init(MethodSource(text: text, name: name), name: name)
    }

    private init(_ source: MethodSource, name: String) throws {
        self.name = name
        self.source = source
        method = try Method(source)
    }

    /// `method.yaml:12`, in the file that says it.
    func line(of place: SourcePlace) -> String {
        let file = source.files.indices.contains(place.file) ? source.files[place.file].name : name
        return "\(file):\(place.line)"
    }
}
