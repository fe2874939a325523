package enum Stub { package static let bytes = PackageResources.tax_schema_json.count }
