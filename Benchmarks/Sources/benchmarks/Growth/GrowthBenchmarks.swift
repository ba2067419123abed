import Foundation

/// What a commit, the store and the first prompt cost against the number of objects and the length
/// of the history.
struct GrowthBenchmarks {
  let world: World

  /// The costs of one kind of growth.
  struct Costs {
    var commit = Curve(name: "commit, ms")
    var prompt = Curve(name: "first prompt, ms")
    var check = Curve(name: "check of the file, ms of CPU")
    var store = Curve(name: "store, KiB")

    /// What can be drawn together: milliseconds.
    var times: [Curve] { [commit, prompt] }
    var all: [Curve] { [commit, prompt, check, store] }
  }

  /// A part of the page: tables, and the pictures above them.
  func write(to page: Page) throws -> String {
    let parts = [
      (
        "destinations", "destination entries",
        try objects("destinations", world.scale.destinations) {
          $0.fill(destinations: $1)
        }
      ),
      (
        "certificates", "certificate profiles",
        try objects("certificates", world.scale.certificates) {
          try $0.fill(certificates: $1)
        }
      ),
      ("history", "commits in the history", try history()),
    ]
    var text = ""
    for (name, work, costs) in parts {
      let plot = Plot(title: "Milliseconds against \(work)", work: work, curves: costs.times)
      text += try page.write(plot, as: name) + "\n" + costs.all.table(of: work) + "\n"
    }
    let stores = parts.map { name, _, costs in Curve(name: name, points: costs.store.points) }
    let plot = Plot(title: "KiB of the store", work: "objects, or commits", curves: stores)
    return try text + page.write(plot, as: "store")
  }

  /// A fresh appliance for each number of objects.
  private func objects(
    _ name: String, _ counts: [Int], fill: (String, Int) throws -> String
  ) throws -> Costs {
    var costs = Costs()
    for count in counts {
      let appliance = try world.makeAppliance("\(name)\(count)")
      try appliance.rewrite { try fill($0, count) }
      try measure(appliance, at: count, &costs)
    }
    return costs
  }

  /// One appliance whose history grows.
  private func history() throws -> Costs {
    var costs = Costs()
    let appliance = try world.makeAppliance("history")
    var done = 1
    for count in world.scale.commits {
      let session = try appliance.session()
      while done < count {
        try session.commitHostName(done)
        done += 1
      }
      try session.leave()
      try measure(appliance, at: count, &costs)
      done += world.scale.shortRuns
    }
    return costs
  }

  /// The store first: what is measured after it adds to it.
  private func measure(_ appliance: BenchAppliance, at size: Int, _ costs: inout Costs) throws {
    costs.store.points.append((size, [Double(try appliance.storeSize()) / 1024]))
    costs.check.points.append(
      (size, try (0..<world.scale.runs).map { _ in try appliance.timeToCheck() }))
    costs.prompt.points.append(
      (size, try (0..<world.scale.shortRuns).map { _ in try appliance.timeToPrompt() }))
    let session = try appliance.session()
    costs.commit.points.append(
      (
        size,
        try (0..<world.scale.shortRuns).map { try session.commitHostName(size * 1_000 + $0) }
      ))
    try session.leave()
  }
}

extension String {
  /// A saved configuration with more destination entries.
  fileprivate func fill(destinations count: Int) -> String {
    let entries = (0..<count).map { number in
      """
      <destination name="domain\(number).example">
      <max_connections>\(number % 500 + 1)</max_connections>
      <scope><is_per_exchanger>no</is_per_exchanger><is_per_gateway>no</is_per_gateway></scope>
      <tls>required</tls>
      </destination>

      """
    }
    return replacingOccurrences(of: "</config>", with: entries.joined() + "</config>")
  }

  /// A saved configuration with more certificate profiles: copies of Demo under other names.
  fileprivate func fill(certificates count: Int) throws -> String {
    let name = "<certificate name=\"Demo\">"
    guard let begin = range(of: name),
      let last = self[begin.upperBound...].range(of: "\n  </certificate>\n")
    else { throw Failure("no profile in the saved configuration") }
    let rest = self[begin.upperBound..<last.upperBound]
    let copies = (0..<count).map { "<certificate name=\"copy\($0)\">\(rest)" }
    return replacingOccurrences(of: "</config>", with: copies.joined() + "</config>")
  }
}
