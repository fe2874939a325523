import CIsal

/// A gzip file, unpacked.
///
/// Tolerated: several members one after the other. Everything else after the last member, a member that ends early and
/// a wrong checksum are damage.
final class GzipStream: ByteStream {
    private let file: InputFile
    private let stream: UnsafeMutablePointer<inflate_state>
    private let input: UnsafeMutableRawBufferPointer
    private var inputEnded = false
    /// What of a member comes next.
    private var part = Part.start
    private var hasMember = false
    /// The header of the current member as far as it was read: the library continues it here.
    private var header = isal_gzip_header()

    private enum Part { case start, header, data }

    /// `inputSize` is how much is read at a time; tests make it small.
    init(_ file: InputFile, inputSize: Int) {
        self.file = file
        input = .allocate(byteCount: max(inputSize, 1), alignment: 16)
        stream = .allocate(capacity: 1)
        isal_inflate_init(stream)
    }

    deinit {
        file.close()
        input.deallocate()
        stream.deallocate()
    }

    private func readFile() throws(Damage) -> Int {
        do {
            return try file.read(into: input)
        } catch {
            throw .unreadable(error)
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(Damage) -> Int {
        guard let output = buffer.baseAddress, !buffer.isEmpty else { return 0 }
        stream.pointee.next_out = output.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(clamping: buffer.count)
        let wanted = Int(stream.pointee.avail_out)
        while stream.pointee.avail_out > 0 {
            if stream.pointee.avail_in == 0, !inputEnded {
                let count = try readFile()
                inputEnded = count == 0
                stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.pointee.avail_in = UInt32(clamping: count)
            }
            if part == .start {
                guard stream.pointee.avail_in > 0, let next = stream.pointee.next_in else { break }
                // The first byte tells a further member from garbage; the library checks the rest of its header.
                guard !hasMember || next.pointee == 0x1f else { throw .gzipTrailing }
                isal_inflate_reset(stream)
                stream.pointee.crc_flag = UInt32(ISAL_GZIP_NO_HDR_VER)
                isal_gzip_header_init(&header)
                part = .header
            }
            let (available, room) = (stream.pointee.avail_in, stream.pointee.avail_out)
            if part == .header {
                switch isal_read_gzip_header(stream, &header) {
                case ISAL_DECOMP_OK: part = .data
                case ISAL_END_INPUT: break
                default: throw hasMember ? .gzipTrailing : .gzipCorrupt
                }
            } else {
                guard isal_inflate(stream) == ISAL_DECOMP_OK else { throw .gzipCorrupt }
                if stream.pointee.block_state == ISAL_BLOCK_FINISH {
                    part = .start
                    hasMember = true
                }
            }
            let stands = stream.pointee.avail_in == available && stream.pointee.avail_out == room
            if part != .start, stands {
                guard available == 0 else { throw .gzipCorrupt }
                if inputEnded { throw .gzipTruncated }
            }
        }
        return wanted - Int(stream.pointee.avail_out)
    }
}
