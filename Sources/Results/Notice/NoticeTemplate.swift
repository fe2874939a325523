import Mustache

/// Something about a notice that the office must put right.
package struct NoticeProblem: Error, Sendable {
    package let message: String
}

/// The wording of a notice: lines of text with names in it, which the office may edit (Mustache).
///
/// A line is a paragraph; `# ` begins the title and `## ` a heading. So one wording gives both the text and the page,
/// and nothing that is put in can be more than text in either.
package struct NoticeTemplate: Sendable {
    /// Sections may lie in each other so deep. Deeper ones would repeat lists inside of lists.
    private static let mostDepth = 3
    package static let mostBytes = 1 << 16

    private let template: MustacheTemplate

    /// The wording that is built in.
    package static var shippedText: String {
        String(decoding: PackageResources.notice_mustache, as: UTF8.self)
    }

    package static func shipped() throws(NoticeProblem) -> NoticeTemplate {
        try NoticeTemplate(shippedText, name: "notice.mustache")
    }

    /// - Parameter name: of the file, for messages.
    /// - Throws: what is wrong, with its line.
    package init(_ text: String, name: String) throws(NoticeProblem) {
        try NoticeTemplate.check(text, name)
        do {
            // Escaped where the text goes into a page, as a whole.
            template = try MustacheTemplate(string: "{{% CONTENT_TYPE: TEXT}}\n" + text)
        } catch {
            throw NoticeProblem(message: "\(name): the template cannot be read: \(error)")
        }
    }

    func text(_ values: [String: Any]) -> String { template.render(values) }

    /// Every name is one that a notice knows; sections are closed and not too deep.
    private static func check(_ text: String, _ name: String) throws(NoticeProblem) {
        guard text.utf8.count <= mostBytes else {
            throw NoticeProblem(message: "\(name): the template is larger than 64 KB.")
        }
        var open: [String] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            func problem(_ sentence: String) -> NoticeProblem {
                NoticeProblem(message: "\(name):\(index + 1): \(sentence)")
            }
            for part in line.split(separator: "{{", omittingEmptySubsequences: false).dropFirst() {
                guard let end = part.firstRange(of: "}}") else {
                    throw problem("`{{` without `}}` on the same line.")
                }
                var tag = part[..<end.lowerBound]
                let sign = tag.first ?? " "
                if "#^/!".contains(sign) { tag.removeFirst() }
                if sign == "!" { continue }
                let word = tag.split(separator: " ").joined(separator: " ")
                if sign == "/" {
                    guard open.popLast() == word else {
                        throw problem("`{{/\(word)}}` closes nothing that is open here.")
                    }
                    continue
                }
                guard NoticeValues.names.contains(word) else {
                    throw problem(
                        "a notice has no `\(word)`. It has \(NoticeValues.names.sorted().joined(separator: ", ")); "
                            + "written {{name}}, or as a section {{#name}} … {{/name}}, {{^name}} … {{/name}}."
                    )
                }
                guard sign == "#" || sign == "^" else { continue }
                open.append(word)
                if open.count > mostDepth { throw problem("sections lie deeper than \(mostDepth).") }
            }
        }
        if let left = open.last {
            throw NoticeProblem(message: "\(name): the section {{#\(left)}} is never closed.")
        }
    }
}
