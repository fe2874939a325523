import Foundation
import Testing

@testable import Intake

@Suite struct GzipTests {
    private func unpack(_ bytes: [UInt8], inputSize: Int, step: Int, limit: Int = 1 << 20) throws -> [UInt8] {
        let path = NSTemporaryDirectory() + "gzip-" + UUID().uuidString
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let source = try ByteSource(path: path, container: .gzip, inputSize: inputSize, maxExpanded: limit)
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

    /// What `gzip` may write: every part of a header, and a block with codes of its own.
    @Test func compressedRowsWithAFullHeader() throws {
        let plain = (0..<120).map { row in
            let code = "9133078400" + String(row + 10_000).dropFirst()
            let month = String(row % 12 + 101).dropFirst()
            return "\(code),2021-\(month),\(row * 7919 % 100_000).\(String(row % 100 + 100).dropFirst())\n"
        }.joined()
        let packed = [UInt8](
            try #require(Data(base64Encoded: Self.packedRows, options: .ignoreUnknownCharacters)))
        everyWay(packed + packed) { #expect((try? $0.get()) == Array((plain + plain).utf8)) }
        for length in stride(from: 1, to: packed.count, by: 7) {
            #expect(throws: Damage.gzipTruncated) {
                try unpack(Array(packed[..<length]), inputSize: 100, step: 64)
            }
        }
    }

    private static let packedRows = """
        H4sIHgECAwQCAwUAZXh0cmF0YXguY3N2AGEgY29tbWVudAADEWXXS24jSQxF0XmvJZvg45/731iHqoVgUemZQdgQjjLjBhuq
        nGX85+cRFvzLeJiY/+m/Z/jO5MlGE2OP5TvWB15axLLn+p3bI5qexLrn9p37o4gMYttz/87j0fZ2Yt/z+M7zsXQYcex5fuf1
        uJsqce55fef9hKoLce15/z8HPwlJEPea40sH/OFhwubDlw/yVIKbsP0gl76dpQjbD3r5pS0Jmw82/FwRhM0Hv/yoLCdsPsTl
        l0g2wuZDDr+FKGHzoYZf3ISw+dDDzxYgbD7hy/95ephk8wkuf4R0k2w+keE3QZFsPtHhF2iSbD+x4T/PWpBsP/HL39npJNtP
        4vp7tZFsPsnh14KSbD6p4UeqkGw+6csvHQ6Szad8+T8vF5NuPsXlN7dq0s2nMvxqXKSbT3X4oZKkm0/t8keLBenmU7/8mQgn
        3Xwal7+cy0i3n+bw6/mVdPtpXf4WId162le/ykC68Ywv/ufkYbKNZxh8i2yyjWcy+OJdZBvPdPDZkWQbz+ziW5kG2cYzv/ge
        6k628SwG3ySNbONZDr6glWzjWQ3+OaeEbPNZX/yq8yiRbT/nwT8nM5NvP8fl14om33wuw4+sIt98rpcfnZzkm8/t8kuGBPnm
        c7/8B8+cfPN5DP8524x883kO/3l5lXzzeV1+Pw+nkG8+78sfKQLyzRcT3U+4mGLzxYS39Pw3iu0XU97mzqLYfjHl7apOiu0X
        U94oBMXmiwkvLNUpNl9MeEXCjWLzxYT3fPpUis0XE14ta6HYfDHhPV8OQLH5csL76TpTbr6c8IaINeXmywlvngwW5ebLCW8W
        V1JuvpzyVpyPS7n9csrb2uKU2y+nvCgzys2XE97OUMqtl9NdZJRQbr2c7ooHg3Lr1XT3c+thqq1X012DaVNtvZruWqsX1dar
        6a6nZFJtvZrunqx1UG29mu6mAk619Wq6WzgZotp8lX8d/e1Ktf1qwttRKVTbrya8du51VJuvp7ufSyFTb76e7sp5UZt68/V0
        V+qEmXrz9XRX47SHevP1dNfsHK7Um6+nuy7n9aPefD3djXOHMurN19PdczaYUm++nu6ecIZQb77+q7zaBerlB570fi7Nv0sH
        eNLb589/tw7wpDfztXSAp7zweC0d4CmvqL+WDvCUV2GvpQM85dW219IBnvKeo/O1dICnvO7yWjrAU95QvJYOYMr72Sl+lw5g
        yptH93fpACa9J8yvpQOY9Pa5mvxuHcBK7+/SAUx5D9Vr6QCmvDhn5+/SAUx5T1leSwcw5VWz19IBTHlN9P+l4z/uxAaH7w4A
        AA==
        """

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
        #expect(throws: Damage.container(.gzip, .text)) {
            try unpack(Array("户号,户名\n".utf8), inputSize: 10, step: 10)
        }
        #expect(throws: Damage.gzipCorrupt) {
            try unpack([UInt8](repeating: 0, count: 20), inputSize: 10, step: 10)
        }
    }

    @Test func aMissingFileCannotBeRead() {
        #expect(throws: Damage.self) { try ByteSource(path: "/nowhere/at/all", container: .gzip) }
    }
}
