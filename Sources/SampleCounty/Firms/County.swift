import Evaluation

/// The invented county: every firm in ascending order of credit code, its meters and its certificates.
struct County {
    let seed: UInt64
    let year: Int
    let codes: FirmCodes
    private(set) var firms: [Firm]
    /// The firm of each power meter, in order of account numbers, which know nothing of the order of firms.
    private(set) var meters: [Meter] = []
    /// The firm of each land certificate, in order of certificate numbers.
    private(set) var certificates: [Certificate] = []
    /// The first certificate of each firm: an index into `certificates`, -1 for none.
    private(set) var firstCertificate: [Int32] = []

    struct Meter {
        let firm: Int32
        /// Share of the firm's power in hundredths.
        let share: UInt8
        /// Some accounts lie in the name of somebody else, and their rows have no credit code.
        let hasCode: Bool
    }

    struct Certificate {
        let firm: Int32
        /// Which of the firm's certificates it is.
        let part: UInt8
    }

    init(_ request: CountyRequest) {
        seed = request.seed
        year = request.dataYear
        codes = FirmCodes(count: request.firms, seed: request.seed)
        let maker = FirmMaker(seed: seed, year: year)
        firms = []
        firms.reserveCapacity(request.firms)
        for index in 0..<request.firms {
            let (block, progress) = codes.place(of: index)
            firms.append(maker.firm(index, block: block, progress: progress))
        }
        settleTenants()
        installMeters()
        issueCertificates()
    }

    /// Finds a lessor for every tenant of a firm, in the same town when one turns up soon.
    private mutating func settleTenants() {
        for index in firms.indices where firms[index].premises == .tenantOfFirm {
            var draw = Draw(seed, .lease, index)
            var found: Int?
            for attempt in 0..<60 {
                let other = draw.below(firms.count)
                let lessor = firms[other]
                guard lessor.premises == .owner, lessor.state == .active, lessor.certificates > 0,
                    lessor.letLand < lessor.usedLand, attempt >= 40 || lessor.town == firms[index].town
                else { continue }
                found = other
                break
            }
            guard let found else {
                firms[index].premises = .tenantOfVillage
                continue
            }
            firms[index].lessor = Int32(found)
            firms[found].letLand += firms[index].usedLand
        }
    }

    private mutating func installMeters() {
        for index in firms.indices where firms[index].power > 0 {
            var draw = Draw(seed, .meter, index)
            // Some tenants burn the power of their lessor's meter.
            if firms[index].premises != .owner, draw.chance(60) { continue }
            let hasCode = !draw.chance(15)
            let share = draw.chance(firms[index].isAboveScale ? 220 : 80) ? draw.within(55...85) : 100
            meters.append(Meter(firm: Int32(index), share: UInt8(share), hasCode: hasCode))
            if share < 100 {
                meters.append(Meter(firm: Int32(index), share: UInt8(100 - share), hasCode: !draw.chance(15)))
            }
        }
        meters.shuffle(seed: seed, index: 1)
    }

    private mutating func issueCertificates() {
        for index in firms.indices {
            for part in 0..<firms[index].certificates {
                certificates.append(Certificate(firm: Int32(index), part: part))
            }
        }
        certificates.shuffle(seed: seed, index: 2)
        firstCertificate = Array(repeating: -1, count: firms.count)
        for (number, certificate) in certificates.enumerated() where certificate.part == 0 {
            firstCertificate[Int(certificate.firm)] = Int32(number)
        }
    }
}
