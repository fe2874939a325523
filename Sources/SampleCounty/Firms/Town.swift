/// The towns of the county (镇街) and how many firms in a thousand sit there.
struct Town: Sendable {
    /// GB/T 2260 where there is one; the two zones have local codes only.
    let code: String
    let name: [UInt8]
    let share: Int

    private init(_ code: String, _ name: String, _ share: Int) {
        self.code = code
        self.name = Array(name.utf8)
        self.share = share
    }

    static let all = [
        Town("330784001", "东城街道", 80), Town("330784002", "西城街道", 70),
        Town("330784003", "江南街道", 65), Town("330784105", "石柱镇", 70),
        Town("330784106", "前仓镇", 35), Town("330784107", "舟山镇", 20),
        Town("330784108", "古山镇", 95), Town("330784109", "方岩镇", 30),
        Town("330784110", "龙山镇", 65), Town("330784111", "西溪镇", 35),
        Town("330784112", "象珠镇", 75), Town("330784113", "唐先镇", 45),
        Town("330784114", "花街镇", 55), Town("330784115", "芝英镇", 100),
        Town("economic-zone", "经济开发区", 110), Town("west-new-district", "城西新区", 50),
    ]
}

/// Industries of GB/T 4754-2017 and how many firms in a thousand are of them.
struct Industry: Sendable {
    let code: [UInt8]
    /// The word for it in a firm's name.
    let word: [UInt8]
    let share: Int
    /// How many firms in a thousand report emissions.
    let reportsEmission: Int

    private init(_ code: String, _ word: String, _ share: Int, emission: Int = 15) {
        self.code = Array(code.utf8)
        self.word = Array(word.utf8)
        self.share = share
        reportsEmission = emission
    }

    /// Makers of things; power, gas and water suppliers are in `utilities`.
    static let manufacturing = [
        Industry("3312", "门业", 150), Industry("3322", "工具", 60), Industry("3324", "刀具", 15),
        Industry("3351", "五金", 130), Industry("3360", "表面处理", 25, emission: 850),
        Industry("3381", "炊具", 45, emission: 60), Industry("3382", "杯业", 130, emission: 30),
        Industry("3391", "铸造", 15, emission: 500), Industry("3392", "有色铸造", 15, emission: 400),
        Industry("3393", "锻造", 8, emission: 200), Industry("3465", "电动工具", 90),
        Industry("3482", "紧固件", 25), Industry("3525", "模具", 35), Industry("3572", "园林机械", 40),
        Industry("3670", "汽车配件", 35), Industry("3770", "电动车", 45), Industry("3780", "休闲车", 40),
        Industry("3812", "电机", 20), Industry("3854", "厨具", 25), Industry("3855", "清洁电器", 15),
        Industry("2927", "塑料制品", 15, emission: 80), Industry("2231", "纸箱包装", 10, emission: 60),
        Industry("2110", "家具", 7), Industry("1713", "纺织印染", 5, emission: 600),
    ]
    static let utilities = [
        Industry("4420", "电力", 1), Industry("4511", "燃气", 1), Industry("4610", "供水", 1),
        Industry("4620", "污水处理", 1, emission: 900),
    ]
    static let all = manufacturing + utilities
}

/// An index into a list whose parts have shares of a thousand.
struct Shares: Sendable {
    private let bounds: [Int]

    init(_ shares: [Int]) {
        var sum = 0
        bounds = shares.map { share in
            sum += share
            return sum
        }
    }

    func pick(_ draw: inout Draw) -> Int {
        let point = draw.below(bounds.last ?? 1)
        return bounds.firstIndex { point < $0 } ?? 0
    }

    static let towns = Shares(Town.all.map(\.share))
    static let manufacturing = Shares(Industry.manufacturing.map(\.share))
}
