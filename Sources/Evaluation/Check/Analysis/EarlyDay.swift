/// An as-of day on which the data year had not begun.
extension Compilation {
    mutating func warnAboutEarlyDay() {
        guard let text = document.asOfText, let asOf = document.asOf, asOf.civil.year < document.dataYear
        else {
            return
        }
        warn(
            about: text,
            "the data year \(document.dataYear) begins after this day, so that titles, events and ages are judged before there was anything to judge; correct one of the two"
        )
    }
}
