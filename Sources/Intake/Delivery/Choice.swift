import Evaluation

/// Which deliveries of one feed count, and what there is to say about the others.
struct Choice {
    private(set) var chosen:
        [(manifest: Manifest, counting: SurveyedFile.Counting, resources: [Manifest.Resource])] =
            []
    private(set) var findings: [Finding] = []

    init(of manifests: [Manifest], _ contract: FeedContract, dataYear: Int, asOf: Day) throws(IntakeError) {
        for manifest in manifests {
            let isDated = contract.addsUp == .snapshot ? manifest.stateOf != nil : manifest.period != nil
            guard isDated else {
                let wanted =
                    contract.addsUp == .snapshot
                    ? "state_of, the day it describes" : "period with from and to"
                throw .refused(
                    "\(manifest.folder)/\(Manifest.fileName): a delivery of `\(contract.name)` needs mujun.\(wanted). "
                        + "Ask the department to correct the manifest.")
            }
        }
        for manifest in manifests where contract.partedBy == nil {
            guard manifest.part == nil, manifest.resources.allSatisfy({ $0.part == nil }) else {
                throw .refused(
                    "\(manifest.folder)/\(Manifest.fileName): a delivery of `\(contract.name)` is always whole, but this "
                        + "one names a part. Ask the department for all of it, without `part`.")
            }
        }
        noteRepeated(manifests, contract)
        // Newest first; among equals the greater name.
        let newestFirst = manifests.sorted { ($0.created, $0.name) > ($1.created, $1.name) }
        switch contract.addsUp {
        case .flow:
            let byYear = contract.period.map { contract.fields[$0].kind == .year } ?? false
            if contract.partedBy != nil {
                let own = newestFirst.filter { $0.period?.contains(year: dataYear) ?? false }
                try chooseParts(own, contract, counting: .dataYear)
            } else {
                chooseFlow(newestFirst, contract, dataYear: dataYear, byYear: byYear)
            }
        case .snapshot:
            let latestFirst = latestFirst(manifests, contract, asOf: asOf)
            if contract.partedBy != nil {
                try chooseParts(latestFirst, contract, counting: .all)
            } else {
                chooseLatest(latestFirst, contract)
            }
        case .log: chooseLog(newestFirst, contract)
        }
    }

    mutating func add(_ finding: Finding) { findings.append(finding) }

    mutating func choose(
        _ manifest: Manifest, _ resources: [Manifest.Resource], counting: SurveyedFile.Counting
    ) {
        chosen.append((manifest, counting, resources))
    }

    private mutating func chooseFlow(
        _ newestFirst: [Manifest], _ contract: FeedContract, dataYear: Int, byYear: Bool
    ) {
        var open: UInt16 = byYear ? 1 : 0xfff
        for manifest in newestFirst {
            guard let period = manifest.period, period.contains(year: dataYear) else { continue }
            var own: UInt16 = byYear ? 1 : 0
            if !byYear {
                for month in 0..<12 where period.contains(dataYear * 12 + month) { own |= 1 << UInt16(month) }
            }
            let won = own & open
            open &= ~own
            if won == 0 {
                findings.append(Finding(.deliverySuperseded, feed: contract.name, delivery: manifest.name))
            } else {
                if won != own {
                    findings.append(
                        Finding(.deliveryPartlySuperseded, feed: contract.name, delivery: manifest.name))
                }
                noteLate(manifest, period, newestFirst, contract)
                chosen.append((manifest, byYear ? .dataYear : .months(won), manifest.resources))
            }
        }
        if !byYear, !chosen.isEmpty {
            for month in 0..<12 where open & (1 << UInt16(month)) != 0 {
                let text = Period.text(dataYear * 12 + month)
                findings.append(Finding(.monthMissing(contract.title, text), feed: contract.name))
            }
        }
    }

    private mutating func chooseLatest(_ latestFirst: [Manifest], _ contract: FeedContract) {
        guard let latest = latestFirst.first else { return }
        choose(latest, latest.resources, counting: .all)
        for manifest in latestFirst.dropFirst() {
            findings.append(Finding(.deliverySuperseded, feed: contract.name, delivery: manifest.name))
        }
    }

    private mutating func chooseLog(_ newestFirst: [Manifest], _ contract: FeedContract) {
        var seen: Set<Period> = []
        for manifest in newestFirst {
            guard let period = manifest.period else { continue }
            if seen.insert(period).inserted {
                chosen.append((manifest, .all, manifest.resources))
            } else {
                findings.append(Finding(.deliverySuperseded, feed: contract.name, delivery: manifest.name))
            }
        }
    }
}
