// swift-tools-version: 6.2
import PackageDescription

// A package of its own: libFuzzer brings its own `main`, and wants release builds throughout.
let package = Package(
  name: "Fuzz",
  dependencies: [.package(name: "esash", path: "..")],
  targets: [
    .executableTarget(
      name: "fuzz",
      dependencies: [.product(name: "FuzzTargets", package: "esash")],
      swiftSettings: [
        .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
        .treatAllWarnings(as: .error), .unsafeFlags(["-parse-as-library"]),
      ])
  ]
)
