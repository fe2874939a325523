package import Evaluation
import Foundation

/// The folder into which departments deliver.
package enum Inbox {
    /// Reads every manifest, chooses the deliveries that count and verifies size and digest of their files.
    ///
    /// - Parameters:
    ///   - folder: one sub-folder per delivery.
    ///   - feeds: names of the feeds that the method uses; the registry is always among them.
    ///   - dataYear: the year whose rows count in flows.
    ///   - asOf: the day on which snapshots are looked at.
    /// - Throws: `refused` for a manifest that is malformed or names a feed that is not known, a path that leaves its
    ///   delivery, a wrong size or digest, and a required feed without a delivery; `unreadable` when a file
    ///   cannot be opened.
    package static func survey(
        folder: String, contracts: [FeedContract], feeds: Set<String>, dataYear: Int, asOf: Day, threads: Int
    ) throws(IntakeError) -> Survey {
        var findings: [Finding] = []
        var incomplete: [Manifest] = []
        let manifests = try manifests(in: folder, contracts, &findings, &incomplete)
        let volunteered = FeedContract.volunteeredNames.intersection(manifests.map(\.feed))
        let used = feeds.union(FeedContract.linkingNames).union(volunteered)
            .union([FeedContract.registryName])
        var files: [SurveyedFile] = []
        var deliveries: [SurveyedDelivery] = []
        var problems: [IntakeError] = []
        for (index, contract) in contracts.enumerated() where used.contains(contract.name) {
            let own = manifests.filter { $0.feed == contract.name }
            let choice: Choice
            do throws(IntakeError) {
                choice = try Choice(of: own, contract, dataYear: dataYear, asOf: asOf)
            } catch {
                problems.append(error)
                continue
            }
            findings += choice.findings
            let chosen = Set(choice.chosen.map(\.manifest.name))
            deliveries += own.map { manifest in
                SurveyedDelivery(
                    feed: index, name: manifest.name, created: manifest.created, period: manifest.period,
                    stateOf: manifest.stateOf, counts: chosen.contains(manifest.name))
            }
            if choice.chosen.isEmpty {
                if contract.required {
                    let copied = incomplete.filter { $0.feed == contract.name }
                    problems.append(
                        missing(contract, own, copied, in: folder, dataYear: dataYear, asOf: asOf))
                }
                if !FeedContract.linkingNames.contains(contract.name) {
                    findings.append(
                        Finding(.feedMissing(contract.title, contract.department), feed: contract.name))
                }
            }
            for (manifest, counting, resources) in choice.chosen {
                for resource in resources {
                    do throws(IntakeError) {
                        guard let path = try existingPath(resource.path, in: manifest.folder) else {
                            throw .refused(
                                "\(manifest.folder)/\(resource.path): the file vanished. Run again when the delivery is "
                                    + "complete.")
                        }
                        files.append(
                            SurveyedFile(
                                feed: index, delivery: manifest.name,
                                path: TablePath.join(resource.path, resource.table), fullPath: path,
                                sha256: resource.sha256, bytes: resource.bytes, container: resource.container,
                                encoding: resource.encoding,
                                period: manifest.period.map { $0.first...$0.last }, counting: counting,
                                declaredRows: resource.rows, declaredTotals: resource.totals,
                                stateOf: manifest.stateOf))
                    } catch {
                        problems.append(error)
                    }
                }
            }
        }
        try IntakeError.throwAll(problems)
        files.sort { ($0.feed, $0.delivery, $0.path) < ($1.feed, $1.delivery, $1.path) }
        try FileDigest.verify(files, threads: threads)
        return Survey(
            files: files, findings: findings.sorted(),
            inputsDigest: Survey.inputsDigest(of: files, contracts),
            deliveries: deliveries.sorted { ($0.feed, $0.name) < ($1.feed, $1.name) })
    }

    /// The manifests of all deliveries in order of their folders, those that are still being copied apart.
    private static func manifests(
        in folder: String, _ contracts: [FeedContract], _ findings: inout [Finding],
        _ incomplete: inout [Manifest]
    ) throws(IntakeError) -> [Manifest] {
        var manifests: [Manifest] = []
        var problems: [IntakeError] = []
        for name in try folders(in: folder) {
            let path = folder + "/" + name
            guard FileManager.default.fileExists(atPath: path + "/" + Manifest.fileName) else {
                let name = RowText.shown(name)
                findings.append(Finding(.deliveryWithoutManifest(folder: name), delivery: name))
                continue
            }
            do throws(IntakeError) {
                _ = try existingPath(Manifest.fileName, in: path)
                guard let manifest = try Manifest(folder: path) else {
                    findings.append(Finding(.deliveryIncomplete(.manifest), delivery: RowText.shown(name)))
                    continue
                }
                guard contracts.contains(where: { $0.name == manifest.feed }) else {
                    let known = contracts.map(\.name).joined(separator: ", ")
                    throw .refused(
                        "\(path)/\(Manifest.fileName): there is no feed `\(RowText.shown(manifest.feed))`; the feeds "
                            + "are \(known). Ask the department to correct mujun.feed.")
                }
                if let twin = (manifests + incomplete).first(where: { $0.name == manifest.name }) {
                    throw .refused(
                        "\(path) and \(twin.folder): both deliveries have the name `\(manifest.name)`. Remove one of "
                            + "them, or ask the department to give each delivery its own name.")
                }
                if let reason = try Incomplete(manifest) {
                    findings.append(
                        Finding(.deliveryIncomplete(reason), feed: manifest.feed, delivery: manifest.name))
                    incomplete.append(manifest)
                } else {
                    manifests.append(manifest)
                }
            } catch {
                problems.append(error)
            }
        }
        try IntakeError.throwAll(problems)
        guard !manifests.isEmpty || !incomplete.isEmpty else {
            throw .refused(
                "\(folder): the inbox holds no delivery, that is, no folder with a complete \(Manifest.fileName). "
                    + "Check the path, and whether the departments have delivered.")
        }
        return manifests
    }

    private static func missing(
        _ contract: FeedContract, _ deliveries: [Manifest], _ incomplete: [Manifest], in folder: String,
        dataYear: Int, asOf: Day
    ) -> IntakeError {
        let what = "the required feed `\(contract.name)` (\(contract.title))"
        let wanted = contract.addsUp == .snapshot ? "state_of not after \(asOf)" : "a period in \(dataYear)"
        let reason =
            deliveries.isEmpty
            ? "nothing was delivered for \(what)"
            : "none of the \(deliveries.count) deliveries of \(what) has \(wanted)"
        let copied =
            incomplete.first.map { " Of it `\($0.name)` is not complete: it may still be being copied." }
            ?? ""
        return .refused(
            "\(folder): \(reason).\(copied) Ask the department (\(contract.department)) for it.")
    }

    private static func folders(in folder: String) throws(IntakeError) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
            let reason =
                !exists
                ? "there is no such folder" : isFolder.boolValue ? "no permission" : "this is no folder"
            throw IntakeError(
                .unreadable,
                "\(folder): the inbox cannot be read, \(reason). Check the path and who may read it.")
        }
        return names.filter { name in
            guard !name.hasPrefix(".") else { return false }
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(
                atPath: folder + "/" + name, isDirectory: &isFolder)
            // What cannot be found by its own name (no UTF-8, a link to nothing) is reported, not passed over.
            return !exists || isFolder.boolValue
        }.sorted()
    }

    /// The full path, when every component of it is a plain folder or file and none is a link; `nil` when it is not
    /// there.
    static func existingPath(_ path: String, in folder: String) throws(IntakeError) -> String? {
        var full = folder
        let parts = path.split(separator: "/")
        for (index, part) in parts.enumerated() {
            full += "/" + part
            let type = try? FileManager.default.attributesOfItem(atPath: full)[.type] as? FileAttributeType
            guard let type else { return nil }
            guard type == (index + 1 == parts.count ? .typeRegular : .typeDirectory) else {
                throw .refused(
                    "\(full): must be a plain file inside the delivery, not a link. Replace the link by the file."
                )
            }
        }
        return full
    }
}
