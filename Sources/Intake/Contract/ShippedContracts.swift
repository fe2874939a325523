package import Evaluation

/// The feed contracts that are built into the program, from `Schemas/feeds`.
package enum ShippedContracts {
    /// All contracts in order of their names, the registry among them.
    package static func load() throws(IntakeError) -> [FeedContract] {
        var contracts: [FeedContract] = []
        for (file, json) in files { contracts.append(try FeedContract(contract: json, file: file)) }
        return contracts.sorted { $0.name < $1.name }
    }

    private static var files: [(file: String, json: [UInt8])] {
        [
            ("confirmation.schema.json", PackageResources.confirmation_schema_json),
            ("decision.schema.json", PackageResources.decision_schema_json),
            ("emission.schema.json", PackageResources.emission_schema_json),
            ("event.schema.json", PackageResources.event_schema_json),
            ("land.schema.json", PackageResources.land_schema_json),
            ("lease.schema.json", PackageResources.lease_schema_json),
            ("link.schema.json", PackageResources.link_schema_json),
            ("meter_share.schema.json", PackageResources.meter_share_schema_json),
            ("objection.schema.json", PackageResources.objection_schema_json),
            ("power.schema.json", PackageResources.power_schema_json),
            ("previous.schema.json", PackageResources.previous_schema_json),
            ("registry.schema.json", PackageResources.registry_schema_json),
            ("statistics.schema.json", PackageResources.statistics_schema_json),
            ("tax.schema.json", PackageResources.tax_schema_json),
            ("title.schema.json", PackageResources.title_schema_json),
        ]
    }
}
