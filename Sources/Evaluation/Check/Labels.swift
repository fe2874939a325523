/// Labels are names as well, in expressions and in cases: no two values may share one.
extension Compilation {
    mutating func complainAboutSecondLabel(_ name: MethodDocument.Text, _ label: String, of other: Int) {
        complainAboutSecondLabel(name, label, of: draft.nodes[other].name)
    }

    mutating func complainAboutSecondLabel(
        _ name: MethodDocument.Text, _ label: String, of other: String
    ) {
        draft.misread.insert(name.text)
        complain(
            about: name,
            "the label ‘\(label)’ is that of ‘\(other)’ as well; choose another, so that rules and cases can name either by its label"
        )
    }
}
