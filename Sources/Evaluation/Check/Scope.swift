/// Which firms are evaluated, and in which state the others are.
extension MethodDocument {
    /// 参评 first, then the declared states in their order, 数据待核 last: see ``Graph/states``.
    var states: [State] {
        [State(name: "graded", label: "参评", accountingClass: .graded, source: "")]
            + scope.map {
                State(
                    name: $0.name.text, label: $0.label, accountingClass: $0.accountingClass,
                    source: sourceText($0.source))
            }
            + [State(name: "unresolved", label: "数据待核", accountingClass: .ungraded, source: "")]
    }

    /// The declared states are tested in order; a firm to which none applies is graded, which is state 0.
    func scopeRule(_ compilation: inout Compilation) -> Node.Rule? {
        compilation.conditions(scope.map { ($0.condition, $0.name.text) }).map { .scope($0) }
    }
}
