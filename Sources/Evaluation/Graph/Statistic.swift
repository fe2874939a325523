/// A number computed from many firms: a mean by industry, a median of points.
package struct Statistic: Sendable, Equatable {
    /// What is computed from the values that are not missing.
    package enum Function: Sendable, Equatable {
        case sum, mean, minimum, maximum, count, median
        /// Linear interpolation between order statistics: position 1 + (n − 1)·q. `q` is in ten-thousandths.
        case quantile(tenThousandths: Int)
        /// The least value that so many of the values do not exceed: position ⌈n·q⌉, at least 1.
        case nearestRankQuantile(tenThousandths: Int)
        /// The mean without the ⌊n·q⌋ smallest and the ⌊n·q⌋ greatest values; `q` is below a half.
        case trimmedMean(tenThousandths: Int)
        /// The mean of the so many greatest values, or of all where there are fewer …
        case topMean(count: Int)
        /// … or of the ⌈n·q⌉ greatest values.
        case topShareMean(tenThousandths: Int)
    }

    /// Whose values are taken.
    package enum Members: String, Sendable {
        /// Firms that the scope rules leave to be graded, also those that end unresolved.
        case graded
        /// Graded firms of one cohort.
        case cohort
        /// Every firm of the registry.
        case registry
    }

    /// `mean_tax_per_mu_by_industry`.
    package internal(set) var name: String
    /// 亩均税收均值（按行业）.
    package internal(set) var label: String
    package let function: Function
    /// The node whose values are taken; missing values do not count.
    package let argument: Int
    /// Where the argument is one cohort's points: before their missing rule.
    package let beforeMissingRule: Bool
    package let members: Members
    /// Index of the one cohort that counts, inside a cohort's rule.
    package let onlyCohort: Int?
    /// Category node that splits the members; `nil` when they stay together.
    package let by: Int?
    /// How many of the category's first characters count; `nil` for all.
    package let prefix: Int?
    /// The argument's unit; 1 for a count.
    package let unit: Unit
    /// Places after the decimal point that the result is rounded to.
    package let decimals: Int
    package let rounding: Rounding

    /// Whether both are the same but for their names.
    func computesTheSame(as other: Statistic) -> Bool {
        var renamed = other
        (renamed.name, renamed.label) = (name, label)
        return renamed == self
    }
}
