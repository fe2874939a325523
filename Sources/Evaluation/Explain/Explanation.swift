/// Why one firm stands where it stands: a tree from its tier back to the feeds.
package struct Explanation: Sendable {
    /// One value and how it came about.
    package struct Step: Sendable {
        /// ASCII name of the node.
        package let name: String
        /// 亩均税收.
        package let label: String
        /// `23.1043 万元/亩`, or `缺失（除数为零）`.
        package let value: String
        /// With labels: `税收 ÷ 用地面积`; empty for columns of feeds and for what is explained above already.
        package let formula: String
        /// The same with numbers put in: `231.0430 ÷ 10.0000`.
        package let substitution: String
        /// What else to know: the missing rule that applied, the cohort's statistic and its count.
        package let notes: [String]
        /// Document and article, or the department that sent the feed.
        package let source: String
        /// The values that the formula mentions, in the order of mention.
        package let parts: [Step]
    }

    /// What settled the firm's state or cohort, the total, the decisions that hold, then the indicators that are no
    /// part of any of these.
    package let steps: [Step]
}
