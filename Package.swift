// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// Every Swift target is compiled alike: language mode 6, strict imports, warnings are errors.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
  .treatWarning("DeprecatedDeclaration", as: .warning),
]

/// A room of the house: `Sources/NAME`, with the rooms and libraries that it may import.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of a room: `Tests/NAMETests`.
///
/// Python scripts that they run are theirs, not the build's.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  let folder = "\(Context.packageDirectory)/Tests/\(name)Tests"
  let files = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
  return .testTarget(
    name: "\(name)Tests", dependencies: dependencies + ["TestSupport"],
    exclude: files.filter { $0.hasSuffix(".py") }.sorted(), swiftSettings: settings)
}

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let nio: [Target.Dependency] = [
  .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
]
let http: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "esash",
  products: [
    .executable(name: "esash", targets: ["esash"]),
    // For the benchmarks' own clients.
    .library(name: "TLS", targets: ["TLS"]),
    .library(name: "Logs", targets: ["Logs"]),
    // For the package that runs them under libFuzzer.
    .library(name: "FuzzTargets", targets: ["FuzzTargets"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .target(name: "CUnbound", linkerSettings: [.linkedLibrary("unbound")]),
    .target(name: "COpenSSL", linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
    .target(name: "CLibEdit", linkerSettings: [.linkedLibrary("edit")]),
    room("PKI", ["COpenSSL"]),
    room("TLS", ["COpenSSL", "PKI"]),
    room("LDAP"),
    room("Addresses"),
    room("Files"),
    room("XMLCoding"),
    room("Configuration", ["Addresses", "PKI", "LDAP", "XMLCoding"]),
    room("Databases", ["Files", grdb]),
    room("ConfigurationStore", ["Files", "Databases", "Configuration", "PKI", grdb]),
    room("Logs"),
    room("Dialogue"),
    room("Control"),
    room(
      "Commands",
      ["Dialogue", "Control", "Addresses", "Configuration", "ConfigurationStore", "PKI"]),
    room("Shell", ["Commands", "Dialogue", "Configuration", "ConfigurationStore"]),
    room("LineEditor", ["CLibEdit", "Files", "Dialogue"]),
    room("SMTP"),
    room("Resolver", ["CUnbound", "Addresses"]),
    room("Transport", ["TLS", "Addresses", "Resolver"] + nio),
    room("ServiceTLS", ["Addresses", "TLS", "PKI", "Configuration"]),
    room(
      "Mail",
      [
        "Addresses", "Files", "Databases", "SMTP", "TLS", "PKI", "Resolver", "Transport",
        "Configuration", "ServiceTLS", "Control", "Logs", grdb,
      ] + nio),
    room(
      "Peers",
      ["Addresses", "Files", "SMTP", "TLS", "PKI", "Resolver", "Transport", http] + nio),
    room(
      "Engine",
      [
        "Addresses", "Files", "Mail", "Configuration", "ConfigurationStore", "ServiceTLS",
        "Control", "PKI", "TLS", "LDAP", "Resolver", "Transport", "Peers", "Reports", "Logs", http,
      ] + nio),
    .target(name: "CLibSSH", linkerSettings: [.linkedLibrary("ssh")]),
    .target(name: "CProcess"),
    room("Programs", ["CProcess"]),
    room(
      "RemoteAccess",
      [
        "CLibSSH", "Addresses", "Files", "Programs", "Configuration", "ConfigurationStore", "PKI",
        "Resolver", "Transport",
      ] + nio),
    room("Transcripts", ["Dialogue", yams]),
    room("SSHClient", ["Programs", "Transcripts", "Dialogue"]),
    .target(
      name: "Labs", dependencies: ["Files", "Configuration", "PKI", "Peers", "Reports", yams],
      resources: [.copy("Catalogue")], swiftSettings: settings),
    room("Reports", ["Dialogue", "PKI", "Mail"]),
    .executableTarget(
      name: "esash",
      dependencies: [
        "Addresses", "Files", "PKI", "Configuration", "ConfigurationStore", "Control", "Logs",
        "Dialogue", "Commands", "Shell", "LineEditor", "Resolver", "Transport", "Mail",
        "Peers", "Engine", "Transcripts", "Labs", "Reports", "Programs", "RemoteAccess",
        "SSHClient", arguments,
      ], swiftSettings: settings),

    .target(
      name: "TestSupport",
      dependencies: [
        "Addresses", "Control", "PKI", "Configuration", "ConfigurationStore", "Programs",
      ],
      path: "Tests/TestSupport", swiftSettings: settings),
    .target(
      name: "DialogueTestSupport", dependencies: ["Dialogue"], path: "Tests/DialogueTestSupport",
      swiftSettings: settings),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "Addresses", "SMTP", "Peers", "Transcripts", "Dialogue", "Commands", "Shell", "PKI", "LDAP",
        "XMLCoding", "Configuration", "ConfigurationStore", "Resolver", "Mail", "RemoteAccess",
        "Control", "Engine", "TestSupport", "DialogueTestSupport",
      ], path: "Tests/FuzzTargets", swiftSettings: settings),
    tests("Fuzz", ["FuzzTargets"]),
    tests("Addresses", ["Addresses"]),
    tests("Files", ["Files"]),
    tests("Databases", ["Databases", "Files", grdb]),
    tests("PKI", ["PKI"]),
    tests("TLS", ["TLS", "PKI", "COpenSSL"]),
    tests("LDAP", ["LDAP"]),
    tests("XMLCoding", ["XMLCoding"]),
    tests("Configuration", ["Addresses", "Configuration", "PKI", "XMLCoding"]),
    tests("ConfigurationStore", ["ConfigurationStore", "Configuration", "PKI", grdb]),
    tests("Logs", ["Logs"]),
    tests("Dialogue", ["Dialogue", "DialogueTestSupport"]),
    tests("Commands", ["Addresses", "Commands", "Dialogue", "Configuration"]),
    tests(
      "Shell",
      [
        "Shell", "Commands", "Control", "Dialogue", "Configuration", "ConfigurationStore", "Logs",
        "DialogueTestSupport",
      ]),
    tests("LineEditor", ["LineEditor", "Dialogue"]),
    tests("SMTP", ["SMTP"]),
    tests("Resolver", ["Addresses", "Resolver"]),
    tests("Transport", ["Transport", "Addresses", "TLS", "PKI", "Resolver"] + nio),
    tests("ServiceTLS", ["ServiceTLS", "TLS", "PKI", "Configuration"]),
    tests(
      "Peers",
      ["Peers", "Addresses", "Files", "Transport", "SMTP", "TLS", "PKI", "Resolver"] + nio),
    tests(
      "Mail",
      [
        "Mail", "Addresses", "SMTP", "TLS", "PKI", "Resolver", "Transport", "Configuration",
        "Control", "Logs", grdb,
      ] + nio),
    tests(
      "Engine",
      [
        "Engine", "Addresses", "Files", "Mail", "Configuration", "ConfigurationStore", "Control",
        "PKI", "TLS", "Resolver", "Peers", "Transport", "Logs", "SMTP", grdb,
      ] + nio),
    tests(
      "RemoteAccess", ["RemoteAccess", "Configuration", "ConfigurationStore", "PKI", "Resolver"]),
    tests("Transcripts", ["Transcripts", "Dialogue"]),
    tests("SSHClient", ["SSHClient"]),
    tests("Programs", ["Programs"]),
    tests("Labs", ["Labs", "Configuration", "PKI", "Peers", "SMTP", yams]),
    tests("Reports", ["Reports", "Dialogue", "Mail", "PKI"]),
    tests(
      "Conformance",
      [
        "esash", "Commands", "Configuration", "ConfigurationStore", "Control", "PKI", "Dialogue",
        "Engine", "Peers", "Transcripts", "Labs", "Reports",
      ] + nio),
  ]
)
