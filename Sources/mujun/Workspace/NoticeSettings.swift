import Evaluation
import Intake

/// `notice` of a workspace file: what a notice says beside the results.
struct NoticeSettings: Sendable {
    /// 受理单位; empty for the county's.
    var office = ""
    /// Address, telephone, hours.
    var contact = ""
    /// Path of the wording; `nil` for the built-in one.
    var template: String?

    init() {}

    /// - Parameter path: makes a path of the file one of the machine.
    /// - Throws: ``Failure`` with the line of what is wrong.
    init(_ node: SourceNode, _ file: String, path: (String) -> String) throws {
        guard case .mapping(let pairs) = node.content else {
            throw Failure.refused(
                "\(file):\(node.place.line): `notice` must be `{office: …, contact: …, template: …}`.")
        }
        for pair in pairs {
            let line = pair.key.place.line
            guard case .scalar(let key) = pair.key.content, case .scalar(let text) = pair.value.content else {
                throw Failure.refused("\(file):\(line): must be `key: value`.")
            }
            guard !text.isEmpty, text.utf8.count <= 1000 else {
                throw Failure.refused("\(file):\(line): `\(key)` must have 1 to 1,000 bytes.")
            }
            switch key {
            case "office": office = text
            case "contact": contact = text
            case "template": template = path(text)
            default:
                throw Failure.refused(
                    "\(file):\(line): the key `\(key)` of `notice` is not known. Known keys: office, contact, template."
                )
            }
        }
    }
}
