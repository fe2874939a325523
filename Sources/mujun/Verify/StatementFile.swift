import Foundation
import Results

/// A statement that was published, read again for what it says of the store.
struct StatementFile {
    let anchors: [PublishedAnchor]

    private struct Statement: Decodable {
        struct Predicate: Decodable {
            struct Definition: Decodable {
                struct Parameters: Decodable {
                    let publication: Int64
                    let publicationDigest: String
                    let resultDigest: String
                }

                let externalParameters: Parameters
            }

            let buildDefinition: Definition
        }

        let predicate: Predicate
    }

    /// - Throws: ``Failure`` when it cannot be read, or is no statement of mujun.
    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(
                message: "\(path) cannot be read. Check the path and who may read it.", exitCode: 74)
        }
        let parameters: Statement.Predicate.Definition.Parameters
        do {
            parameters = try JSONDecoder().decode(Statement.self, from: data).predicate.buildDefinition
                .externalParameters
        } catch {
            throw Failure.refused("\(path) is no statement of mujun (`mujun export statement`).")
        }
        anchors = [
            PublishedAnchor(digest: parameters.publicationDigest, number: parameters.publication),
            PublishedAnchor(digest: parameters.resultDigest, number: parameters.publication),
        ]
    }
}
