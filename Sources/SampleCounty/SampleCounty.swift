/// Invents a county: firms, and what every department would deliver about them.
package enum SampleCounty {
    /// Writes an inbox: one folder per delivery, each with its manifest and packed files.
    ///
    /// Existing files of the same names are overwritten. A dirty inbox also holds `expected-findings.csv`. The request is all that the bytes depend on.
    package static func write(_ request: CountyRequest, to folder: String) throws(CountyError) {
        let allowed =
            request.dirty
            ? CountyRequest.allowedDirtyFirms
            : request.lenient ? CountyRequest.allowedLenientFirms : CountyRequest.allowedFirms
        guard allowed.contains(request.firms) else {
            throw .firmsOutOfRange(request.firms, allowed: allowed)
        }
        guard CountyRequest.allowedYears.contains(request.dataYear) else {
            throw .yearOutOfRange(request.dataYear, allowed: CountyRequest.allowedYears)
        }
        var inbox = Inbox(
            folder: try Folder(folder), badRows: request.dirty ? BadRows(year: request.dataYear) : nil,
            isLenient: request.lenient)
        let county = County(request)
        try RegistryFeed.write(county, to: &inbox)
        try TaxFeed.write(county, to: &inbox)
        try PowerFeed.write(county, to: &inbox)
        try StatisticsFeed.write(county, to: &inbox)
        try LandFeed.write(county, to: &inbox)
        try LeaseFeed.write(county, to: &inbox)
        try EmissionFeed.write(county, to: &inbox)
        try EventFeed.write(county, to: &inbox)
        try TitleFeed.write(county, to: &inbox)
        try DecisionFeed.write(county, to: &inbox)
        try PreviousFeed.write(county, to: &inbox)
        if request.dirty {
            try inbox.folder.write(ExpectedFinding.table(inbox.expected), as: ExpectedFinding.fileName)
        }
    }
}
