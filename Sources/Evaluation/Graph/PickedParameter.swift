/// A parameter with the value that the data year picks.
struct PickedParameter: Sendable {
    /// Where an expression mentions it.
    struct Mention: Sendable, Hashable {
        /// Where the whole expression stands.
        let place: SourcePlace
        /// The first character of the word, counted from 0.
        let start: Int
        let length: Int
    }

    let name: String
    /// In the parameter's unit. Its name is the parameter's label.
    let constant: Expression.Constant
    let unit: Unit
    /// As it stands in the file.
    let value: MethodDocument.Text
    /// A key of ‘sources’ or free text; empty when none is given.
    let document: String
    /// 第五条; empty when none is given.
    let article: String
    var mentions: Set<Mention> = []

    var label: String { constant.name }
}
