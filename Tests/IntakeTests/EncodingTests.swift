import Evaluation
import Foundation
import Testing

@testable import Intake

/// Files in GB18030, and files that are not what their manifests say.
@Suite struct EncodingTests {
    private let codes = Texts.codes

    /// Bytes of GB18030, from the `iconv` program.
    private func gb(_ text: String) throws -> [UInt8] {
        let path = NSTemporaryDirectory() + "gb-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/iconv")
        process.arguments = ["-f", "UTF-8", "-t", "GB18030", path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = Array(pipe.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return bytes
    }

    private func read(
        _ bytes: [UInt8], encoding: String, readSize: Int? = nil
    ) throws -> Reading {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver("power", "power", "2021-01/2021-12", files: [("power.csv", bytes)])
        let path = inbox.folder + "/power/datapackage.json"
        let manifest = try String(contentsOfFile: path, encoding: .utf8)
        try manifest.replacing("\"encoding\": \"utf-8\"", with: "\"encoding\": \"\(encoding)\"")
            .write(toFile: path, atomically: false, encoding: .utf8)
        return try inbox.read([
            ask("power", { .sum(field: $0.index("kwh")) }),
            ask("power", { .latest(field: $0.index("account_name")) }),
        ])
    }

    /// Characters of one, two and four bytes, and two-byte ones whose second byte is a letter or a backslash.
    private static let texts = ["永康市某厂", "€5", "ABC|\\~", "é", "𠂇", "丂億", "㐀䶵", "\u{e000}", "Ω×÷→", "乗乣"]

    @Test(arguments: ["gb18030", "GBK", "gb2312"]) func textsAreReadAsTheyAre(_ encoding: String) throws {
        let rows = Self.texts.enumerated().map { "M\($0),\($1),\(codes[$0]),2021-01,\($0)\n" }.joined()
        let reading = try read(gb(Texts.powerHeader + "\n" + rows), encoding: encoding)
        #expect(reading.refusals == [] && reading.files[0].accepted == Self.texts.count)
        let names = reading.population.dictionaries[1]
        for (firm, text) in Self.texts.enumerated() {
            #expect(names[Int(reading.population.columns[1][firm])] == text)
        }
    }

    /// All of Unicode that GB18030 has, against the `iconv` program, in pieces of all sizes.
    @Test func everyCharacterBothWays() throws {
        var text = ""
        for value in stride(from: UInt32(0x80), to: 0x10000, by: 1) {
            if let scalar = Unicode.Scalar(value), !(0xe000...0xf8ff).contains(value),
                value < 0xfe00 || value > 0xfe1f
            {
                text.unicodeScalars.append(scalar)
            }
        }
        text += "𠀀𠂇🀄\u{10ffff}abc"
        let bytes = try gb(text)
        let table = try #require(GB18030Table.shared)
        let path = NSTemporaryDirectory() + "gb-" + UUID().uuidString
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        for (inputSize, outputSize) in [(64 << 10, 256 << 10), (9, 7), (1000, 33)] {
            let reader = GB18030Reader(table, inputSize: inputSize)
            let source = try ByteSource(path: path, container: .csv)
            var found: [UInt8] = []
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: outputSize, alignment: 16)
            defer { buffer.deallocate() }
            while true {
                let count = try reader.read(source, into: buffer)
                if count == 0 { break }
                found += buffer[..<count]
                // At every piece the place in the file is known.
                if found.count < 3000 {
                    #expect(found.withUnsafeBufferPointer { reader.delivered($0) } == reader.converted)
                }
            }
            #expect(found == Array(text.utf8), "\(inputSize) \(outputSize)")
            #expect(found.withUnsafeBufferPointer { reader.delivered($0) } == bytes.count)
        }
        #expect(GB18030Reader.invalidBytes(in: bytes, table) == 0)
    }

    /// Whatever the bytes are, each invalid one is one, and places stay known.
    @Test func garbageKeepsItsPlaces() throws {
        let table = try #require(GB18030Table.shared)
        var random = SeededGenerator(51)
        let path = NSTemporaryDirectory() + "gb-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        let pool: [UInt8] = [
            0x2c, 0x30, 0x39, 0x41, 0x5c, 0x7f, 0x80, 0x81, 0x84, 0xb0, 0xe3, 0xfe, 0xff, 0x0a,
        ]
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? pool.randomElement(using: &random)! : UInt8.random(in: 0...255, using: &random)
            }
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            var texts: [[UInt8]] = []
            for (inputSize, outputSize) in [(8, 5), (4096, 4096)] {
                let reader = GB18030Reader(table, inputSize: inputSize)
                let source = try ByteSource(path: path, container: .csv)
                let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: outputSize, alignment: 16)
                defer { buffer.deallocate() }
                var found: [UInt8] = []
                while true {
                    let count = try reader.read(source, into: buffer)
                    if count == 0 { break }
                    found += buffer[..<count]
                }
                #expect(reader.converted == bytes.count)
                #expect(found.withUnsafeBufferPointer { reader.delivered($0) } == bytes.count)
                // Commas and line breaks stay where they are.
                #expect(found.count { $0 == 0x2c || $0 == 0x0a } == bytes.count { $0 == 0x2c || $0 == 0x0a })
                texts.append(found)
            }
            #expect(texts[0] == texts[1])
        }
    }

    /// `byte` is a byte of the file as delivered, not of the text that it became.
    @Test func findingsNameBytesOfTheFile() throws {
        let before = Texts.powerHeader + "\nM1,永康市某厂,\(codes[0]),2021-01,5\n"
        let bytes = try gb(before + "M2,甲") + [0xff] + gb("厂,\(codes[1]),2021-01,x\n")
        let reading = try read(bytes, encoding: "gb18030")
        let start = try gb(before).count
        let found = reading.findings.filter { $0.line == 3 }
        #expect(found.map(\.code) == ["text_not_gb18030", "decimal_malformed"])
        #expect(found.map(\.byte) == [start + 3, bytes.count - 2])
        #expect(found.first?.row == "M2,甲\u{fffd}厂,\(codes[1]),2021-01,x")
    }

    /// The same in a file of many chunks: the place of each bad row is where it stands.
    @Test func placesFarIntoTheFile() throws {
        var text = Texts.powerHeader + "\n"
        var places: [Int] = []
        var bytes = try gb(text)
        let row = try gb("M1,永康市某某五金有限公司甲乙丙,\(codes[0]),2021-01,5\n")
        let bad = try gb("M2,某厂,\(codes[1]),2021-01,x\n")
        for index in 0..<20_000 {
            if index % 2500 == 2499 {
                places.append(bytes.count + bad.count - 2)
                bytes += bad
            }
            bytes += row
        }
        text = ""
        let reading = try read(bytes, encoding: "gb18030")
        #expect(reading.findings.filter { $0.code == "decimal_malformed" }.map(\.byte) == places)
    }

    // MARK: Not what the manifest says

    private func verdict(_ bytes: [UInt8], declared: String) throws -> [String] {
        let reading = try read(bytes, encoding: declared)
        #expect(!reading.refusals.isEmpty)
        return reading.findings.filter { $0.severity == .refusal }.map { "\($0.code): \($0.english)" }
    }

    @Test func theEncodingThatFitsIsNamed() throws {
        let text = Texts.powerHeader + "\nM1,永康市某厂,\(codes[0]),2021-01,5\n"
        let says = { (found: String, declared: String) in
            [
                "encoding_differs: The file is \(found), the manifest says \(declared): correct one of them. The file is refused."
            ]
        }
        #expect(try verdict(gb(text), declared: "utf-8") == says("gb18030", "utf-8"))
        #expect(try verdict(Array(text.utf8), declared: "gbk") == says("utf-8", "gb18030"))
        #expect(
            try verdict([0xef, 0xbb, 0xbf] + Array(text.utf8), declared: "gbk") == says("utf-8", "gb18030"))
        // A title above it changes nothing.
        #expect(try verdict(gb("用电情况\n" + text), declared: "utf-8") == says("gb18030", "utf-8"))
        let wide = text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(try verdict([0xff, 0xfe] + wide, declared: "utf-8") == says("utf-16le", "utf-8"))
        let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        #expect(try verdict([0xfe, 0xff] + big, declared: "gb18030") == says("utf-16be", "gb18030"))
    }

    @Test func nothingIsSaidWhereNothingFits() throws {
        #expect(
            try verdict(Array("a,b,c\n1,2,3\n".utf8), declared: "utf-8").first?.hasPrefix("header_unknown")
                == true)
        // A header of GB18030 above a megabyte of something else.
        let mixed = try gb(Texts.powerHeader + "\n") + [UInt8](repeating: 0xff, count: 1 << 20)
        #expect(try verdict(mixed, declared: "utf-8").first?.hasPrefix("encoding_differs") == false)
    }

    @Test func aByteOrderMarkIsSkipped() throws {
        let text = "\u{feff}" + Texts.powerHeader + "\nM1,甲,\(codes[0]),2021-01,5\n"
        for (bytes, encoding) in [(try gb(text), "gb18030"), (Array(text.utf8), "utf-8")] {
            #expect(try read(bytes, encoding: encoding).refusals == [])
        }
    }

    /// The same bytes in another encoding are another input.
    @Test func theEncodingIsPartOfTheInputs() throws {
        let inbox = try TestInbox().registry(codes)
        try inbox.deliver("power", "power", "2021-01/2021-12", Texts.power([(codes[0], "2021-01", "5")]))
        let first = try inbox.survey(["power"]).inputsDigest
        let path = inbox.folder + "/power/datapackage.json"
        let manifest = try String(contentsOfFile: path, encoding: .utf8)
        try manifest.replacing("utf-8", with: "gbk").write(toFile: path, atomically: false, encoding: .utf8)
        #expect(try inbox.survey(["power"]).inputsDigest != first)
    }
}
