import Foundation

/// Where data goes. Nothing is printed past it, so that output that is lost is never called done.
enum StandardOutput {
    /// Text for people and a line break. Names come from feeds; see ``visible(_:)``.
    /// - Throws: ``Failure`` when the reader has gone or the disk is full.
    static func print(_ text: String) throws {
        try write(ArraySlice((visible(text) + "\n").utf8))
    }

    /// Bytes for programs, as they are.
    /// - Throws: like ``print(_:)``.
    static func write(_ bytes: ArraySlice<UInt8>) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch {
            throw Failure.cannotWrite("the output cannot be written: \(error.localizedDescription)")
        }
    }

    /// One JSON object for programs: keys in snake case and alphabetical order.
    /// - Throws: like ``print(_:)``.
    static func write(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try write(ArraySlice(encoder.encode(value) + Data("\n".utf8)))
    }

    /// The text with � for whatever would steer a terminal.
    static func visible(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { steersTerminal($0) ? "\u{FFFD}" : $0 }))
    }

    /// Control characters but line breaks and tabs, and marks that turn the direction of writing (Unicode UAX #9).
    private static func steersTerminal(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 9, 10: false
        case 0..<32, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
