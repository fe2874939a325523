extension Population {
    /// The same firms with some of the columns, in another order.
    /// - Parameter columns: indices into `columns`.
    package func view(of columns: [Int]) -> Population {
        Population(
            codes: codes, names: names, town: town, industry: industry, towns: towns, industries: industries,
            columns: columns.map { self.columns[$0] }, dictionaries: columns.map { dictionaries[$0] },
            manualDecisions: manualDecisions, given: given)
    }
}
