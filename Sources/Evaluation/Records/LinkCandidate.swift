/// A firm that may be meant by what was delivered, for a person to confirm.
package struct LinkCandidate: Sendable, Equatable {
    /// What was compared.
    package enum Basis: String, Sendable {
        /// Names: twice the pairs of neighbouring characters that both have, of all pairs of both.
        case name
        /// Credit codes: equal characters at equal places, of 18.
        case code
    }

    package let code: String
    package let name: String
    package let town: String
    package let basis: Basis
    /// The score is `shared / of`, exactly; 1 means alike.
    package let shared: Int
    package let of: Int

    package init(code: String, name: String, town: String, basis: Basis, shared: Int, of: Int) {
        self.code = code
        self.name = name
        self.town = town
        self.basis = basis
        self.shared = shared
        self.of = of
    }
}

/// A firm of the registry as far as linking looks at it.
package struct LinkFirm: Sendable, Equatable {
    package let code: String
    package let name: String
    package let town: String

    package init(code: String, name: String, town: String) {
        self.code = code
        self.name = name
        self.town = town
    }
}
