import Evaluation
import Synchronization

/// How a row finds its firm: by its code in ``FirmTable``; and where that knows no firm, in the ways of its contract, in
/// the order of ``LinkWay``. What rows of one meter or certificate say of each other is known only when all are read;
/// see ``Settlement``.
final class LinkBook: Sendable {
    /// What a row says of its firm where its code is not found.
    struct Delivered {
        /// As it stands in the row; empty when blank. The others may be empty where neither a confirmed link nor the
        /// contract asks for them.
        let code: [UInt8]
        let meter: [UInt8]
        let certificate: [UInt8]
        let name: [UInt8]
    }

    let table: FirmTable
    let confirmed: ConfirmedLinks
    let shares: MeterShares
    let rules: LinkRules
    /// Of firms that the registry says others carry on, when the method lets their rows follow.
    let successors: [Int32: Int32]
    private let names: TextColumn
    // Made when the first row needs them: those of most counties never do.
    private let organisations = Mutex<OrganisationTable?>(nil)
    private let nameTable = Mutex<NameTable?>(nil)

    init(
        _ table: FirmTable, names: TextColumn = TextColumn(), confirmed: ConfirmedLinks = .init(),
        shares: MeterShares = .init(), successors: [Int32: Int32] = [:], rules: LinkRules = .init()
    ) {
        self.table = table
        self.names = names
        self.confirmed = confirmed
        self.shares = shares
        self.successors = successors
        self.rules = rules
    }

    /// The firm of a row whose code is not in the registry or blank; -1 without one, and then why.
    func find(_ delivered: Delivered, _ contract: FeedContract) -> (firm: Int32, way: LinkWay) {
        var isAmbiguous = false
        if !confirmed.isEmpty {
            let firm = confirmed.firm(
                contract.title, [delivered.meter, delivered.certificate, delivered.code, delivered.name])
            if firm >= 0 { return (firm, .confirmed) }
            isAmbiguous = firm == -2
        }
        if contract.links.ways.contains(.organisation), let key = FirmKey(delivered.code),
            Decode.creditCode(delivered.code) == 0
        {
            let firm = organisation(key)
            if firm >= 0 { return (firm, .organisation) }
            if firm == -2 { isAmbiguous = true }
        }
        // A blank code with a meter waits for the other rows of the meter: names come after them.
        let waits = delivered.code.isEmpty && contract.links.anchor != nil
        if contract.links.ways.contains(.name), !delivered.name.isEmpty, !waits {
            let firm = firm(named: delivered.name)
            if firm >= 0 { return (firm, .name) }
            if firm == -2 { isAmbiguous = true }
        }
        return (-1, isAmbiguous ? .ambiguous : delivered.code.isEmpty ? .blank : .unknown)
    }

    private func organisation(_ key: FirmKey) -> Int32 {
        organisations.withLock { organisations in
            if organisations == nil { organisations = OrganisationTable(table) }
            return organisations?.firm(like: key) ?? -1
        }
    }

    /// The only firm of the name, -1 when none has it, -2 when several have.
    func firm(named name: [UInt8]) -> Int32 {
        nameTable.withLock { table in
            if table == nil { table = NameTable(names) }
            return table?.firm(named: name) ?? -1
        }
    }
}
