/// The firms of a comparison in ascending order of their codes: those of one population, or of two together.
package struct ComparedFirms: Sendable {
    package let codes: TextColumn
    package let names: TextColumn
    /// Indices into `towns` and `industries`.
    package let town: CellColumn
    package let industry: CellColumn
    package let towns: [String]
    package let industries: [String]

    package var count: Int { codes.count }

    package init(
        codes: TextColumn, names: TextColumn, town: CellColumn, industry: CellColumn, towns: [String],
        industries: [String]
    ) {
        self.codes = codes
        self.names = names
        self.town = town
        self.industry = industry
        self.towns = towns
        self.industries = industries
    }

    package init(_ population: Population) {
        self.init(
            codes: population.codes, names: population.names, town: population.town,
            industry: population.industry, towns: population.towns, industries: population.industries)
    }

    /// The firms of either; of a firm of both, what the second says.
    /// - Returns: also where the firms of each stand in the union.
    package static func union(
        _ first: ComparedFirms, _ second: ComparedFirms
    ) -> (firms: ComparedFirms, first: [Int32], second: [Int32]) {
        var places: (first: [Int32], second: [Int32]) = ([], [])
        var sources: [(isSecond: Bool, row: Int)] = []
        var (a, b) = (0, 0)
        while a < first.count || b < second.count {
            let order = first.compareCode(a, with: second, b)
            let place = Int32(sources.count)
            if order <= 0 { places.first.append(place) }
            if order >= 0 { places.second.append(place) }
            sources.append(order >= 0 ? (true, b) : (false, a))
            if order <= 0 { a += 1 }
            if order >= 0 { b += 1 }
        }
        var codes = TextColumn()
        var names = TextColumn()
        for (isSecond, row) in sources {
            let own = isSecond ? second : first
            codes.append(own.codes.bytes[own.codes.offsets[row]..<own.codes.offsets[row + 1]])
            names.append(own.names.bytes[own.names.offsets[row]..<own.names.offsets[row + 1]])
        }
        func merged(
            _ column: KeyPath<ComparedFirms, CellColumn>, _ texts: KeyPath<ComparedFirms, [String]>
        ) -> (CellColumn, [String]) {
            var all = second[keyPath: texts]
            var numbers: [String: Int] = [:]
            for (number, text) in all.enumerated() { numbers[text] = number }
            let own = first[keyPath: texts].map { text in
                if let known = numbers[text] { return known }
                numbers[text] = all.count
                all.append(text)
                return all.count - 1
            }
            let cells = sources.map { isSecond, row in
                let cell = (isSecond ? second : first)[keyPath: column][row]
                return isSecond || Cell.isMissing(cell) ? cell : Int64(own[Int(cell)])
            }
            return (CellColumn(cells), all)
        }
        let (town, towns) = merged(\.town, \.towns)
        let (industry, industries) = merged(\.industry, \.industries)
        let firms = ComparedFirms(
            codes: codes, names: names, town: town, industry: industry, towns: towns, industries: industries)
        return (firms, places.first, places.second)
    }

    /// Negative when the own firm comes first, positive when the other does, 0 for the same code. A firm beyond the
    /// last comes after all.
    private func compareCode(_ firm: Int, with other: ComparedFirms, _ otherFirm: Int) -> Int {
        guard firm < count else { return 1 }
        guard otherFirm < other.count else { return -1 }
        let a = codes.bytes[codes.offsets[firm]..<codes.offsets[firm + 1]]
        let b = other.codes.bytes[other.codes.offsets[otherFirm]..<other.codes.offsets[otherFirm + 1]]
        if a.elementsEqual(b) { return 0 }
        return a.lexicographicallyPrecedes(b) ? -1 : 1
    }

    /// The text behind a cell of `town` or `industry`; empty when it is missing.
    package func townText(_ firm: Int) -> String { ComparedFirms.text(town[firm], towns) }
    package func industryText(_ firm: Int) -> String { ComparedFirms.text(industry[firm], industries) }

    private static func text(_ cell: Int64, _ texts: [String]) -> String {
        !Cell.isMissing(cell) && texts.indices.contains(Int(cell)) ? texts[Int(cell)] : ""
    }
}
