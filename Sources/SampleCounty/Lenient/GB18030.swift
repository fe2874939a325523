import Glibc

/// Text in the encoding that Chinese spreadsheets write.
enum GB18030 {
    static func encoded(_ text: String) throws(CountyError) -> [UInt8] {
        guard let converter = iconv_open("GB18030", "UTF-8"), converter != iconv_t(bitPattern: -1) else {
            throw .cannotWrite(path: "GB18030", reason: "the system has no converter for it")
        }
        defer { iconv_close(converter) }
        var input = text.utf8.map { CChar(bitPattern: $0) }
        // No character of GB18030 takes more bytes than it does in UTF-8, but for those with two bytes there.
        var output = [UInt8](repeating: 0, count: input.count * 2 + 16)
        let written = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBytes { output -> Int? in
                var from = input.baseAddress
                var left = input.count
                var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
                var room = output.count
                guard iconv(converter, &from, &left, &to, &room) != -1, left == 0 else { return nil }
                return output.count - room
            }
        }
        guard let written else { throw .cannotWrite(path: "GB18030", reason: "a text cannot be converted") }
        return Array(output[..<written])
    }
}
