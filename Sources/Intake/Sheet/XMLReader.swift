import CExpat

/// What is told of the elements of a part; names without their prefixes.
protocol XMLHandler: AnyObject {
    func start(_ name: XMLName, _ attributes: XMLAttributes)
    func end(_ name: XMLName)
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
    /// Asked after every end of an element: whether reading pauses here.
    var isFull: Bool { get }
    /// Asked after every end of an element: whether nothing more is wanted, because of damage or otherwise.
    var isDone: Bool { get }
}

/// The name of an element or an attribute, as long as the handler is called.
struct XMLName {
    private let text: UnsafePointer<CChar>

    init(_ text: UnsafePointer<CChar>) {
        var text = text
        var next = text
        while next.pointee != 0 {
            if next.pointee == 0x3a { text = next + 1 }
            next += 1
        }
        self.text = text
    }

    @inline(__always)
    static func == (name: XMLName, text: StaticString) -> Bool {
        let wanted = text.utf8Start
        var at = 0
        while at < text.utf8CodeUnitCount {
            if UInt8(bitPattern: name.text[at]) != wanted[at] { return false }
            at += 1
        }
        return name.text[at] == 0
    }
}

/// The attributes of an element, as long as the handler is called.
struct XMLAttributes {
    fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    subscript(name: StaticString) -> UnsafePointer<CChar>? {
        guard var pair = pairs else { return nil }
        while let key = pair[0], let value = pair[1] {
            if XMLName(key) == name { return value }
            pair += 2
        }
        return nil
    }

    func string(_ name: StaticString) -> String? { self[name].map { String(cString: $0) } }

    /// A whole number that is not negative, of at most nine digits.
    func number(_ name: StaticString) -> Int? {
        guard let text = self[name] else { return nil }
        var value = 0
        var at = 0
        while text[at] != 0 {
            let digit = Int(text[at]) - 48
            guard digit >= 0, digit < 10, at < 9 else { return nil }
            value = value * 10 + digit
            at += 1
        }
        return at > 0 ? value : nil
    }
}

/// Reads one XML part of a workbook piece by piece, on expat.
///
/// Refused, because no workbook has them: document type declarations, and with them all entities of a file's own;
/// elements inside each other deeper than `maxDepth`; a tag of more than `maxTag` bytes, which would have to be
/// kept as a whole.
final class XMLReader {
    static let maxDepth = 64
    static let maxTag = 1 << 20
    private static let step = 64 << 10

    private let parser: XML_Parser
    private let source: any ByteStream
    private var expansion: Expansion
    fileprivate let handler: any XMLHandler
    fileprivate var depth = 0
    fileprivate var isUnsafe = false
    /// Bytes given to the library since it last told of something.
    fileprivate var silent = 0
    private var isSuspended = false
    private var isLast = false
    private(set) var isAtEnd = false

    init(_ source: any ByteStream, _ expansion: Expansion, _ handler: any XMLHandler) throws(Damage) {
        guard let parser = XML_ParserCreate(nil) else { throw .sheet(.corrupt) }
        self.parser = parser
        self.source = source
        self.expansion = expansion
        self.handler = handler
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { own, name, attributes in
                guard let reader = XMLReader.reader(own), let name else { return }
                reader.silent = 0
                reader.depth += 1
                guard reader.depth <= XMLReader.maxDepth else { return reader.stop() }
                reader.handler.start(XMLName(name), XMLAttributes(pairs: attributes))
            },
            { own, name in
                guard let reader = XMLReader.reader(own), let name else { return }
                reader.silent = 0
                reader.depth -= 1
                reader.handler.end(XMLName(name))
                if reader.handler.isDone {
                    XML_StopParser(reader.parser, XML_Bool(XML_FALSE))
                } else if reader.handler.isFull {
                    XML_StopParser(reader.parser, XML_Bool(XML_TRUE))
                }
            })
        XML_SetCharacterDataHandler(parser) { own, text, count in
            guard let reader = XMLReader.reader(own), let text, count > 0 else { return }
            reader.silent = 0
            text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { text in
                reader.handler.text(UnsafeBufferPointer(start: text, count: Int(count)))
            }
        }
        XML_SetStartDoctypeDeclHandler(parser) { own, _, _, _, _ in XMLReader.reader(own)?.stop() }
    }

    deinit { XML_ParserFree(parser) }

    private static func reader(_ own: UnsafeMutableRawPointer?) -> XMLReader? {
        own.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
    }

    fileprivate func stop() {
        isUnsafe = true
        XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    /// Reads on until the handler is full or done, or the part ends.
    func advance() throws(Damage) {
        while !isAtEnd {
            let status: XML_Status
            if isSuspended {
                status = XML_ResumeParser(parser)
            } else {
                guard let buffer = XML_GetBuffer(parser, Int32(XMLReader.step)) else {
                    throw .sheet(.corrupt)
                }
                let count = try source.read(
                    into: UnsafeMutableRawBufferPointer(start: buffer, count: XMLReader.step))
                try expansion.add(count)
                silent += count
                guard silent <= XMLReader.maxTag else { throw .sheet(.unsafe) }
                isLast = count == 0
                status = XML_ParseBuffer(parser, Int32(count), isLast ? 1 : 0)
            }
            isSuspended = status == XML_STATUS_SUSPENDED
            if isSuspended { return }
            if handler.isDone {
                isAtEnd = true
                return
            }
            guard !isUnsafe else { throw .sheet(.unsafe) }
            guard status == XML_STATUS_OK else { throw .sheet(.corrupt) }
            isAtEnd = isLast
        }
    }

    /// Reads a part to its end.
    static func read(_ source: any ByteStream, _ expansion: Expansion, _ handler: any XMLHandler)
        throws(Damage)
    {
        let reader = try XMLReader(source, expansion, handler)
        while !reader.isAtEnd { try reader.advance() }
    }
}
