import Glibc

/// A folder that is written into.
struct Folder {
    let path: String

    /// Makes the folder and those above it when they do not exist.
    init(_ path: String) throws(CountyError) {
        guard !path.isEmpty else { throw .cannotWrite(path: "``", reason: "the name of the folder is empty") }
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += made.isEmpty || made == "/" ? String(part) : "/\(part)"
            guard mkdir(made, 0o755) == 0 || errno == EEXIST else {
                throw .cannotWrite(path: made, reason: String(cString: strerror(errno)))
            }
        }
        self.path = path
    }

    /// Removes a file, or a folder with nothing in it.
    func remove(_ name: String) throws(CountyError) {
        let path = "\(self.path)/\(name)"
        guard Glibc.remove(path) == 0 else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
    }

    func write(_ text: String, as name: String) throws(CountyError) {
        let path = "\(self.path)/\(name)"
        guard let file = fopen(path, "wb") else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        let bytes = Array(text.utf8)
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
