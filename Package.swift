// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "mujun",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // The domain. Imports nothing: Scripts/check-imports keeps these arrows.
        .target(name: "Evaluation"),
        // Everything that comes in: bytes to checked columns and findings.
        .target(
            name: "Intake",
            dependencies: [
                "Evaluation", "CExpat", "CIsal", "CZip",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [.embedInCode("Contracts")]
        ),
        // Everything that goes out.
        .target(
            name: "Results",
            dependencies: [
                "Evaluation", "CXlsxwriter",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: [
                .embedInCode("Notice/notice.mustache"), .embedInCode("Report/Page/report.mustache"),
                .embedInCode("Report/Page/table.mustache"),
            ]
        ),
        // Makes the invented county of the samples, tests and benchmarks.
        .target(
            name: "SampleCounty",
            dependencies: [
                "Evaluation", "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        .executableTarget(
            name: "mujun",
            dependencies: [
                "Evaluation", "Intake", "Results", "SampleCounty", "CMalloc",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.embedInCode("Starter")]
        ),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CIsal", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(
            name: "CXlsxwriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .testTarget(
            name: "EvaluationTests", dependencies: ["Evaluation", "Intake"],
            exclude: ["Cases", "Mistakes", "Capabilities", "RealFunctions"]),
        .testTarget(name: "IntakeTests", dependencies: ["Intake"], exclude: ["CSV"]),
        .testTarget(name: "ResultsTests", dependencies: ["Results", "Evaluation"], exclude: ["Stores"]),
        .testTarget(name: "SampleCountyTests", dependencies: ["SampleCounty", "Evaluation", "CZlib"]),
        .testTarget(name: "CommandTests"),
    ]
)

// Scripts/fuzz alone builds this, with the modules it calls into made for libFuzzer.
if let sanitizers = Context.environment["MUJUN_FUZZ_BUILD"] {
    package.targets.append(
        .executableTarget(
            name: "Fuzz", dependencies: ["Evaluation", "Intake"], path: "Tests/Fuzz",
            exclude: ["seeds.py", "sheet.dict"],
            linkerSettings: [.unsafeFlags(["-sanitize=\(sanitizers)", "-use-ld=lld"])])
    )
}

// InternalImportsByDefault and MemberImportVisibility keep each file honest about what it uses:
// https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
// https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
    if let sanitizers = Context.environment["MUJUN_FUZZ_BUILD"] {
        target.swiftSettings?.append(
            .unsafeFlags(["-sanitize=\(sanitizers)", "-enable-testing", "-parse-as-library"]))
    }
}
