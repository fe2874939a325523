import Foundation
import Testing

@testable import Intake

@Suite struct GzipTests {
    private func unpack(_ bytes: [UInt8], inputSize: Int, step: Int, limit: Int = 1 << 20) throws -> [UInt8] {
        let path = NSTemporaryDirectory() + "gzip-" + UUID().uuidString
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let source = try ByteSource(path: path, isPacked: true, inputSize: inputSize, maxExpanded: limit)
        var out: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: step, alignment: 1)
        defer { buffer.deallocate() }
        while true {
            let count = try source.read(into: buffer)
            if count == 0 { return out }
            out += buffer[..<count]
        }
    }

    private let text = Array("户号,户名\n1,永康\n".utf8)

    private func everyWay(_ bytes: [UInt8], _ check: (Result<[UInt8], any Error>) -> Void) {
        for inputSize in [1, 2, 7, 1000] {
            for step in [1, 3, 1000] { check(Result { try unpack(bytes, inputSize: inputSize, step: step) }) }
        }
    }

    @Test func oneAndSeveralMembers() {
        everyWay(Gzip.member(text)) { #expect((try? $0.get()) == text) }
        everyWay(Gzip.member(text) + Gzip.member([]) + Gzip.member(text)) {
            #expect((try? $0.get()) == text + text)
        }
        everyWay([]) { #expect((try? $0.get()) == []) }
    }

    @Test func everyTruncationIsNoticed() {
        let whole = Gzip.member(text)
        for length in 1..<whole.count {
            everyWay(Array(whole[..<length])) { result in
                #expect(throws: Damage.gzipTruncated) { try result.get() }
            }
            everyWay(whole + whole[..<length]) { result in
                #expect(throws: Damage.gzipTruncated) { try result.get() }
            }
        }
    }

    @Test func everyChangedByteOfTheDataIsNoticed() {
        let whole = Gzip.member(text)
        // Byte 10 begins the block; most of its bits are filling.
        for index in 11..<whole.count {
            var bytes = whole
            bytes[index] ^= 0x40
            #expect(throws: Damage.self) { try unpack(bytes, inputSize: 100, step: 100) }
        }
    }

    @Test func garbageAfterTheLastMember() {
        for garbage: [UInt8] in [
            [0], Array("x".utf8), Array("\u{1f}x".utf8), [0x1f, 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9],
        ] {
            everyWay(Gzip.member(text) + garbage) { result in
                #expect(throws: Damage.self) { try result.get() }
            }
        }
        #expect(throws: Damage.gzipTrailing) { try unpack(Gzip.member(text) + [0], inputSize: 9, step: 9) }
    }

    @Test func expansionIsBounded() {
        #expect(throws: Damage.tooLarge) {
            try unpack(
                Gzip.member([UInt8](repeating: 1, count: 5000)), inputSize: 100, step: 100, limit: 4000)
        }
    }

    @Test func whatIsNotGzipAtAll() {
        #expect(throws: Damage.gzipCorrupt) { try unpack(Array("户号,户名\n".utf8), inputSize: 10, step: 10) }
    }

    @Test func aMissingFileCannotBeRead() {
        #expect(throws: Damage.self) { try ByteSource(path: "/nowhere/at/all", isPacked: true) }
    }
}
