import Foundation
import Testing

@testable import Intake

@Suite struct GB18030WriterTests {
    /// Every character of Unicode, read back by the definition of the standard.
    @Test func everyCharacterComesBack() throws {
        let writer = try GB18030Writer()
        let table = try #require(GB18030Table.shared)
        var wrong: [UInt32] = []
        for value in UInt32(1)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), value != 0xFEFF else { continue }
            let bytes = writer.encoded(Array(String(scalar).utf8)[...])
            let expected = value < 0x80 ? 1 : table.length(of: value)
            if bytes.count != expected || read(bytes, table) != value { wrong.append(value) }
        }
        // For private use, and placed differently by editions of the standard.
        let isPrivate = wrong.allSatisfy { (0xE000...0xF8FF).contains($0) }
        #expect(isPrivate && wrong.count <= 24, "\(wrong.prefix(10)) and more, \(wrong.count)")
        // As Python writes it, without the byte order mark.
        #expect(
            writer.encoded(Array("\u{FEFF}亩A𠮷".utf8)[...])
                == [0xC4, 0xB6, 0x41, 0x95, 0x34, 0xB2, 0x35])
    }

    /// By the definition of the standard, from the table of the reader.
    private func read(_ bytes: [UInt8], _ table: GB18030Table) -> UInt32? {
        func scalar(_ packed: UInt32) -> UInt32? {
            var rest = packed
            var utf8: [UInt8] = []
            while rest > 0 {
                utf8.append(UInt8(rest & 0xFF))
                rest >>= 8
            }
            return String(decoding: utf8, as: UTF8.self).unicodeScalars.first?.value
        }
        switch bytes.count {
        case 1: return UInt32(bytes[0])
        case 2: return scalar(table.pairs[GB18030Table.pair(bytes[0], bytes[1])])
        case 4:
            let number =
                (Int(bytes[0]) - 0x81) * 12_600 + (Int(bytes[1]) - 0x30) * 1260 + (Int(bytes[2]) - 0x81) * 10
                + Int(bytes[3]) - 0x30
            return number < GB18030Table.quadCount
                ? scalar(table.quads[number]) : UInt32(number - GB18030Table.firstHigh + 0x10000)
        default: return nil
        }
    }
}
