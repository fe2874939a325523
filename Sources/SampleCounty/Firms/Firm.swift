/// One invented firm: the few numbers from which all its feeds follow.
struct Firm {
    enum State: UInt8 { case active, deregistered, revoked, movedAway }

    /// Where the firm works.
    enum Premises: UInt8 {
        /// On its own land.
        case owner
        /// In a part of another firm's land.
        case tenantOfFirm
        case tenantOfVillage, tenantOfPark, tenantOfDwelling
    }

    var founded: Int32 = 0
    var town: UInt8 = 0
    /// Index into `Industry.all`.
    var industry: UInt8 = 0
    var state = State.active
    var isAboveScale = false
    /// Hardly any tax on much land: a candidate for elimination.
    var isFailing = false
    var isUtility = false
    /// 个体工商户: a sole proprietor, below scale.
    var isProprietor = false
    var premises = Premises.owner
    /// Months of the data year with business, counted from 0; empty when `lastMonth < firstMonth`.
    var firstMonth: Int8 = 0
    var lastMonth: Int8 = 11
    /// Land certificates of its own.
    var certificates: UInt8 = 0
    /// Main revenue of a full year in 千元.
    var revenue: Int64 = 0
    /// Taxes of a full year in 元, roughly.
    var tax: Int64 = 0
    /// Power of a full year in kWh.
    var power: Int64 = 0
    /// Land that the firm works on, m² × 100.
    var usedLand: Int64 = 0
    /// Land let to others on top of that, m² × 100.
    var letLand: Int64 = 0
    /// The firm that lets to this one; -1 when none does.
    var lessor: Int32 = -1

    var hasBusiness: Bool { lastMonth >= firstMonth }
    var monthsOfBusiness: Int64 { hasBusiness ? Int64(lastMonth - firstMonth) + 1 : 0 }
    /// m² × 100 on its certificates.
    var ownLand: Int64 { certificates == 0 ? 0 : (premises == .owner ? usedLand : 0) + letLand }
}
