import Evaluation
import Foundation
import Results

/// `mujun export statement`: what was published, from which inputs, by which method and program, in the shape of in-toto
/// (Statement v1 with the SLSA provenance v1), for the user's own tool to sign. Made from the store alone: the same
/// publication and files give the same bytes.
struct StatementExport {
    let store: Store
    let county: String
    let publication: Publication
    let run: RunSummary
    /// Files that go out with the publication, such as its lists.
    let files: [String]
    let output: String?

    /// - Parameter reference: `nil` for the last publication of the data year.
    /// - Throws: ``Failure`` when nothing of it is published.
    init(
        _ store: Store, county: String, _ reference: RunReference?, year: Int?, files: [String],
        output: String?
    ) throws {
        let entries = try store.publications()
        let publication: Publication?
        switch reference {
        case .some(let reference):
            let run = try reference.find(in: store)
            publication = run.publication
            if publication == nil {
                throw Failure.usage(
                    "run \(run.id) is a draft, and a statement is about what is published. Publish it with `mujun publish`."
                )
            }
        case nil:
            let year = year ?? entries.map(\.dataYear).max()
            publication = entries.last { $0.dataYear == year }
        }
        guard let publication else {
            throw Failure.usage(
                "nothing\(year.map { " of \($0)" } ?? "") is published; see `mujun publish --help`.")
        }
        self.store = store
        self.county = county
        self.publication = publication
        run = try RunReference.id(publication.run).find(in: store)
        self.files = files
        self.output = output
    }

    func write() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(try statement()) + Data("\n".utf8)
        try OutputFile.write(output) { try $0(ArraySlice(data)) }
    }

    private func statement() throws -> Statement {
        let name = "\(publication.dataYear)-\(publication.action.rawValue)-\(publication.version)"
        var subjects = [Statement.Resource(name: "\(name)/results", sha256: publication.resultDigest)]
        for file in files {
            let digest = try ProgramIdentity.digest(ofFile: file)
            subjects.append(.init(name: (file as NSString).lastPathComponent, sha256: digest))
        }
        let feeds = try store.inputFiles(run).map {
            Statement.Resource(name: "feed/\($0.feed)/\($0.delivery)/\($0.path)", sha256: $0.sha256)
        }
        let parameters = Statement.Parameters(
            county: county, dataYear: publication.dataYear, asOf: publication.asOf,
            waivers: try store.waivers(run).map(\.text), run: publication.run,
            publication: publication.number,
            publicationDigest: publication.digest, previousPublicationDigest: publication.previous,
            stage: publication.action.rawValue, version: publication.version, document: publication.document,
            publishedOn: publication.publishedOn, until: publication.until, reason: publication.reason,
            firms: publication.firms, inputsDigest: publication.inputsDigest,
            resultDigest: publication.resultDigest)
        return Statement(
            subject: subjects,
            predicate: .init(
                buildDefinition: .init(
                    externalParameters: parameters,
                    resolvedDependencies: [
                        .init(name: "method/\(run.methodName)", sha256: publication.methodDigest)
                    ] + feeds),
                runDetails: .init(
                    builder: .init(
                        version: ["mujun": publication.engineVersion],
                        builderDependencies: [
                            .init(
                                name: "mujun", sha256: publication.programDigest,
                                annotations: ["version": publication.programVersion, "role": "publisher"])
                        ]),
                    metadata: .init(invocationId: run.identity, finishedOn: run.recordedAt))))
    }
}

/// https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md and https://slsa.dev/spec/v1.0/provenance
private struct Statement: Encodable {
    struct Resource: Encodable {
        let name: String
        let digest: [String: String]
        let annotations: [String: String]?

        init(name: String, sha256: String, annotations: [String: String]? = nil) {
            self.name = name
            digest = ["sha256": sha256]
            self.annotations = annotations
        }
    }

    struct Parameters: Encodable {
        let county: String
        let dataYear: Int
        let asOf: String
        let waivers: [String]
        let run: Int64
        let publication: Int64
        let publicationDigest: String
        let previousPublicationDigest: String
        let stage: String
        let version: Int
        let document: String
        let publishedOn: String
        let until: String?
        let reason: String?
        let firms: Int
        let inputsDigest: String
        let resultDigest: String
    }

    struct Definition: Encodable {
        let buildType = "urn:mujun:evaluation:1"
        let externalParameters: Parameters
        let resolvedDependencies: [Resource]
    }

    struct Builder: Encodable {
        let id = "urn:mujun"
        let version: [String: String]
        let builderDependencies: [Resource]
    }

    struct Metadata: Encodable {
        let invocationId: String
        let finishedOn: String
    }

    struct Details: Encodable {
        let builder: Builder
        let metadata: Metadata
    }

    struct Predicate: Encodable {
        let buildDefinition: Definition
        let runDetails: Details
    }

    let type = "https://in-toto.io/Statement/v1"
    let subject: [Resource]
    let predicateType = "https://slsa.dev/provenance/v1"
    let predicate: Predicate

    private enum CodingKeys: String, CodingKey {
        case type = "_type"
        case subject, predicateType, predicate
    }
}
