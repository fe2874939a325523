import Evaluation

// Deliveries of a part (one town), late ones, and files that come in twice.
extension Choice {
    /// The deliveries of a snapshot, the latest first; what describes a day after the as-of day does not count.
    mutating func latestFirst(
        _ manifests: [Manifest], _ contract: FeedContract, asOf: Day
    ) -> [Manifest] {
        var dated: [(stateOf: Day, manifest: Manifest)] = []
        for manifest in manifests {
            guard let stateOf = manifest.stateOf else { continue }
            guard stateOf <= asOf else {
                note(.deliveryAfterAsOf(stateOf, asOf), contract, manifest)
                continue
            }
            dated.append((stateOf, manifest))
        }
        dated.sort {
            ($0.stateOf, $0.manifest.created, $0.manifest.name) > (
                $1.stateOf, $1.manifest.created, $1.manifest.name
            )
        }
        return dated.map(\.manifest)
    }

    /// For each part the latest delivery that speaks of it counts. A delivery that names no part speaks of all; its files
    /// may say of which part each speaks, and only such a file can be replaced alone.
    mutating func chooseParts(
        _ latestFirst: [Manifest], _ contract: FeedContract, counting: SurveyedFile.Counting
    ) throws(IntakeError) {
        var replaced: [String: Manifest] = [:]
        var isAllReplaced = false
        for manifest in latestFirst {
            guard !isAllReplaced else {
                note(.deliverySuperseded, contract, manifest)
                continue
            }
            let kept = manifest.resources.filter { resource in
                (resource.part ?? manifest.part).map { replaced[$0] == nil } ?? true
            }
            if manifest.part == nil {
                try refuseUnlessTold(apart: replaced, from: manifest, contract)
                isAllReplaced = true
            }
            for part in manifest.resources.compactMap({ $0.part ?? manifest.part })
            where replaced[part] == nil {
                replaced[part] = manifest
            }
            guard !kept.isEmpty else {
                note(.deliverySuperseded, contract, manifest)
                continue
            }
            if kept.count < manifest.resources.count { note(.deliveryPartlySuperseded, contract, manifest) }
            choose(manifest, kept, counting: counting)
        }
    }

    /// What a later delivery of a part replaces must be told apart from the rest, or it would count twice.
    private func refuseUnlessTold(
        apart later: [String: Manifest], from whole: Manifest, _ contract: FeedContract
    ) throws(IntakeError) {
        let known = Set(whole.resources.compactMap(\.part))
        for (part, delivery) in later.sorted(by: { $0.key < $1.key }) where !known.contains(part) {
            let reason =
                known.isEmpty
                ? "and the files of \(whole.folder) do not say of which part each speaks"
                : "which \(whole.folder) does not have: its parts are \(known.sorted().joined(separator: ", "))"
            throw .refused(
                "\(delivery.folder)/\(Manifest.fileName): replaces the part `\(part)` of `\(contract.name)`, \(reason). "
                    + "Rows could count twice: correct mujun.part, or ask the department for a whole delivery."
            )
        }
    }

    /// Files that lie in another delivery of the feed as well: the newer one repeats the older.
    mutating func noteRepeated(_ manifests: [Manifest], _ contract: FeedContract) {
        var first: [String: Manifest] = [:]
        for manifest in manifests.sorted(by: { ($0.created, $0.name) < ($1.created, $1.name) }) {
            for resource in manifest.resources {
                if let other = first[resource.sha256] {
                    guard other.name != manifest.name else { continue }
                    note(.deliveryRepeated(other.name), contract, manifest, file: resource.path)
                } else {
                    first[resource.sha256] = manifest
                }
            }
        }
    }

    /// A delivery that was made long after the last month of which it speaks, unless it corrects an earlier one.
    mutating func noteLate(
        _ manifest: Manifest, _ period: Period, _ manifests: [Manifest], _ contract: FeedContract
    ) {
        let corrects = manifests.contains {
            ($0.created, $0.name) < (manifest.created, manifest.name)
                && $0.period?.contains(period.last) == true
        }
        guard !corrects, let allowed = contract.lateAfterDays,
            let next = Day(year: (period.last + 1) / 12, month: (period.last + 1) % 12 + 1, day: 1)
        else { return }
        let days = Int(manifest.created.seconds / 86_400 - next.number) + 1
        if days > allowed { note(.deliveryLate(Period.text(period.last), days: days), contract, manifest) }
    }

    private mutating func note(
        _ message: Message, _ contract: FeedContract, _ manifest: Manifest, file: String = ""
    ) {
        add(Finding(message, feed: contract.name, delivery: manifest.name, file: file))
    }
}
