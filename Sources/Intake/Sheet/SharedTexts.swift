/// The texts of a workbook, which its cells name by number: text runs joined, phonetic ones left out.
final class SharedTexts: XMLHandler {
    /// All texts together; more than a full sheet of a feed has.
    static let maxBytes = 256 << 20
    private static let maxCount = 16 << 20

    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var isInText = false
    private var phonetic = 0
    private(set) var damage: SheetDamage?
    private let maxBytes: Int

    init(maxBytes: Int = maxBytes) { self.maxBytes = maxBytes }

    var isFull: Bool { false }
    var isDone: Bool { damage != nil }

    /// The text of this number; `nil` when there is none.
    func withText<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
        guard ends.indices.contains(index) else { return nil }
        let start = index == 0 ? 0 : ends[index - 1]
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<ends[index]])) }
    }

    func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if name == "t" {
            isInText = phonetic == 0
        } else if name == "rPh" {
            phonetic += 1
        }
    }

    func end(_ name: XMLName) {
        if name == "t" {
            isInText = false
        } else if name == "si" {
            ends.append(bytes.count)
            if ends.count > SharedTexts.maxCount { damage = .texts }
        } else if name == "rPh" {
            phonetic -= 1
        }
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) {
        guard isInText, damage == nil else { return }
        guard bytes.count + text.count <= maxBytes else {
            damage = .texts
            return
        }
        bytes.append(contentsOf: text)
    }
}
