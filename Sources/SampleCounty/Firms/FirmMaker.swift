import Evaluation

/// Draws the numbers of one firm: its size first, and from the size its land, tax and power.
struct FirmMaker {
    private let seed: UInt64
    private let year: Int
    private let newYear: Int64
    private let firstFoundation: Int64
    private let codeReform: Int64
    private let snapshot: Int64

    init(seed: UInt64, year: Int) {
        self.seed = seed
        self.year = year
        newYear = FirmMaker.day(year, 1)
        firstFoundation = FirmMaker.day(1993, 3)
        codeReform = FirmMaker.day(2015, 10)
        snapshot = FirmMaker.day(year + 1, 3)
    }

    private static func day(_ year: Int, _ month: Int) -> Int64 {
        Day(year: year, month: month, day: 1)?.number ?? 0
    }

    func firm(_ index: Int, block: FirmCodes.Block, progress: Int64) -> Firm {
        var draw = Draw(seed, .firm, index)
        var firm = Firm()
        firm.founded = founded(block, progress, &draw)
        firm.town = UInt8(Shares.towns.pick(&draw))
        firm.industry = UInt8(Shares.manufacturing.pick(&draw))
        firm.isProprietor = block == .proprietors
        if index % 400 == 137 {
            firm.isUtility = true
            firm.isProprietor = false
            firm.industry = UInt8(Industry.manufacturing.count + index / 400 % Industry.utilities.count)
        }
        firm.isAboveScale = isAboveScale(firm, block, &draw)
        firm.state = state(firm, &draw)
        setMonths(of: &firm, &draw)
        firm.isFailing = !firm.isUtility && draw.chance(firm.isAboveScale ? 35 : 75)
        setSize(of: &firm, &draw)
        setPremises(of: &firm, &draw)
        return firm
    }

    private func founded(_ block: FirmCodes.Block, _ progress: Int64, _ draw: inout Draw) -> Int32 {
        let isOld = block != .letters && block != .proprietors
        let from = isOld ? firstFoundation : codeReform
        let to = isOld ? codeReform : snapshot
        // Codes run in order of time, give or take some weeks, and fewer are given out every year.
        let day =
            from + (to - from) * (progress + progress * progress / 65536) / 131_072 + Int64(draw.below(40))
        return Int32(min(day, to - 1))
    }

    private func isAboveScale(_ firm: Firm, _ block: FirmCodes.Block, _ draw: inout Draw) -> Bool {
        if firm.isUtility { return true }
        let age = newYear - Int64(firm.founded)
        switch block {
        case .province, .city: return draw.chance(450)
        case .digits: return draw.chance(160)
        case .letters: return draw.chance(age < 0 ? 4 : age < 730 ? 30 : 65)
        case .proprietors: return false
        }
    }

    private func state(_ firm: Firm, _ draw: inout Draw) -> Firm.State {
        let point = draw.below(1000)
        if firm.isUtility || point >= 44 { return .active }
        if firm.isAboveScale { return point < 8 ? .deregistered : .active }
        return point < 26 ? .deregistered : point < 39 ? .revoked : .movedAway
    }

    private func setMonths(of firm: inout Firm, _ draw: inout Draw) {
        let founded = Day(number: Int64(firm.founded)).civil
        if founded.year > year {
            firm.lastMonth = -1
        } else if founded.year == year {
            // The first tax month is the one after the foundation.
            firm.firstMonth = Int8(founded.month)
        } else if draw.chance(30) {
            firm.firstMonth = Int8(draw.below(4))
        }
        switch firm.state {
        case .active: break
        case .revoked: firm.lastMonth = -1
        case .deregistered, .movedAway: firm.lastMonth = Int8(draw.below(14) - 3)
        }
        firm.lastMonth = min(firm.lastMonth, 11)
    }

    private func setSize(of firm: inout Firm, _ draw: inout Draw) {
        let landPerFirm: Int64
        if firm.isAboveScale {
            firm.revenue = max(20_300, draw.amount(median: 52_000, sigma: 850))
            // 500 万元 of revenue per mu; 1 mu = 666.67 m².
            landPerFirm = firm.revenue * 66_667 / 5000
            firm.tax = draw.amount(median: firm.revenue * 26, sigma: 380)
            firm.power = draw.amount(median: firm.revenue * 22, sigma: 500)
        } else {
            firm.revenue = min(19_600, draw.amount(median: 5_000, sigma: 800))
            // 250 万元 per mu.
            landPerFirm = firm.revenue * 66_667 / 2500
            firm.tax = draw.amount(median: firm.revenue * 32, sigma: 330)
            firm.power = draw.amount(median: firm.revenue * 150, sigma: 550)
        }
        firm.usedLand = max(8_000, draw.amount(median: landPerFirm, sigma: 370))
        if firm.isFailing {
            firm.tax = firm.tax * Int64(draw.within(8...30)) / 100
            let mu = Int64(draw.within(10...32))
            if !firm.isAboveScale, draw.chance(450) {
                firm.usedLand = max(firm.usedLand, mu * 66_667)
            } else {
                firm.usedLand += firm.usedLand / 2
            }
        }
        if !firm.hasBusiness { firm.power = 0 }
    }

    private func setPremises(of firm: inout Firm, _ draw: inout Draw) {
        let mu = firm.usedLand / 66_667
        let owners =
            firm.isUtility
            ? 1000 : firm.isAboveScale ? 870 : firm.isProprietor ? 150 : 430 + min(400, Int(mu) * 60)
        guard draw.chance(owners) else {
            let point = draw.below(100)
            firm.premises =
                point < 50
                ? .tenantOfFirm
                : point < 74 ? .tenantOfVillage : point < 91 ? .tenantOfPark : .tenantOfDwelling
            if !firm.hasBusiness { firm.premises = .tenantOfVillage }
            return
        }
        // A firm that is gone has no land any more; one whose licence is revoked may still sit on it.
        guard firm.state == .active || firm.state == .revoked else { return }
        firm.certificates = 1
        if mu >= 15 { firm.certificates += UInt8(draw.below(3)) }
        if mu >= 60 { firm.certificates += UInt8(draw.below(4)) }
    }
}
