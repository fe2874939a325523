/// A method file as a tree of texts with their places: what is left of YAML once it is read.
///
/// Numbers stay text, so that 0.0302 never passes through a floating-point type.
package struct SourceNode: Sendable {
    package indirect enum Content: Sendable {
        case scalar(String)
        case sequence([SourceNode])
        /// In the order of the file; keys are not yet checked for repetition.
        case mapping([(key: SourceNode, value: SourceNode)])
    }

    package let content: Content
    package let place: SourcePlace
    /// Whether the scalar is plain or quoted on one line, so that columns inside it can be told.
    package let isSingleLine: Bool

    package init(_ content: Content, place: SourcePlace, isSingleLine: Bool) {
        self.content = content
        self.place = place
        self.isSingleLine = isSingleLine
    }
}
