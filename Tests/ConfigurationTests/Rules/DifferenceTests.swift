import Configuration
import PKI
import Testing
import TestSupport

/// Differences and merges, as properties over random edits.
@Suite("Differences and merges")
struct DifferenceTests {
  /// Each seed makes a base and two sessions' edits of it.
  static let seeds = Array(UInt64(1)...UInt64(300))

  @Test("the changes between two configurations lead from one to the other", arguments: seeds)
  func changesLeadThere(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let base = Configuration.random(using: &generator)
    let edited = base.edited(using: &generator)
    let changes = edited.changes(since: base)
    #expect(base.applying(changes) == edited)
    #expect(edited.applying(base.changes(since: edited)) == base)
    #expect(changes.map(\.key) == changes.map(\.key).sorted())
    #expect(Set(changes.map(\.key)).count == changes.count)
    for change in changes {
      #expect(change.before == base.objects[change.key])
      #expect(change.after == edited.objects[change.key])
      #expect(change.before != change.after)
    }
  }

  @Test("what is equal differs in nothing", arguments: seeds.prefix(30))
  func equalsDifferInNothing(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let one = Configuration.random(using: &generator)
    generator = SeededGenerator(seed: seed)
    let other = Configuration.random(using: &generator)
    #expect(one.changes(since: other).isEmpty)
    #expect(one.applying([]) == one)
  }

  @Test("a merge keeps both sides, or names just what both changed differently", arguments: seeds)
  func mergeLosesNothing(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let base = Configuration.random(using: &generator)
    let theirs = base.edited(using: &generator)
    let ours = base.edited(using: &generator)
    let ourChanges = ours.changes(since: base)
    let ourKeys = Set(ourChanges.map(\.key))
    let theirKeys = Set(theirs.changes(since: base).map(\.key))
    let disputed = ourKeys.intersection(theirKeys).filter {
      ours.objects[$0] != theirs.objects[$0]
    }
    switch theirs.merging(ourChanges, madeOn: base) {
    case .failure(let conflict):
      #expect(!disputed.isEmpty)
      #expect(conflict.keys == disputed.sorted())
    case .success(let merged):
      #expect(disputed.isEmpty)
      for key in Set(base.objects.keys).union(theirs.objects.keys).union(ours.objects.keys) {
        let expected =
          ourKeys.contains(key)
          ? ours.objects[key]
          : theirKeys.contains(key) ? theirs.objects[key] : base.objects[key]
        #expect(merged.objects[key] == expected, "\(key)")
      }
      #expect(
        Set(merged.objects.keys).isSubset(of: Set(theirs.objects.keys).union(ours.objects.keys)))
    }
  }

  @Test("a merge is the same whoever comes first", arguments: seeds.prefix(100))
  func mergeIsSymmetric(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let base = Configuration.random(using: &generator)
    let one = base.edited(using: &generator)
    let other = base.edited(using: &generator)
    let forth = one.merging(other.changes(since: base), madeOn: base)
    let back = other.merging(one.changes(since: base), madeOn: base)
    #expect(forth == back)
  }

  @Test("the seeds reach conflicts, clean merges, and agreements of both sides")
  func seedsReachEverything() {
    var conflicts = 0
    var agreements = 0
    var deletions = 0
    for seed in Self.seeds {
      var generator = SeededGenerator(seed: seed)
      let base = Configuration.random(using: &generator)
      let theirs = base.edited(using: &generator)
      let ours = base.edited(using: &generator)
      let changes = ours.changes(since: base)
      if case .failure = theirs.merging(changes, madeOn: base) { conflicts += 1 }
      agreements += changes.count {
        $0.after == theirs.objects[$0.key] && theirs.objects[$0.key] != base.objects[$0.key]
      }
      deletions += changes.count { $0.after == nil }
    }
    #expect(conflicts > 20 && conflicts < Self.seeds.count - 20)
    #expect(agreements > 20)
    #expect(deletions > 20)
  }

  @Test("both sides delete an object, and one deletes what the other edits")
  func deletions() throws {
    var base = Configuration()
    base.routes["a.example"] = Route(hosts: [.init(host: "one")])
    var without = base
    without.routes["a.example"] = nil
    var edited = base
    edited.routes["a.example"] = Route(hosts: [.init(host: "two")])
    let removal = without.changes(since: base)
    #expect(try without.merging(removal, madeOn: base).get() == without)
    for (theirs, ours) in [(edited, without), (without, edited)] {
      let error = #expect(throws: MergeConflict.self) {
        try theirs.merging(ours.changes(since: base), madeOn: base).get()
      }
      #expect(error?.keys == [ObjectKey(kind: .route, name: "a.example")])
    }
  }

  @Test("an object of another type under the same key is a difference")
  func otherType() {
    let key = ObjectKey(kind: .route, name: "a")
    let one = Configuration(objects: [key: AnyConfigurationValue(Route(hosts: []))])
    let other = Configuration(objects: [key: AnyConfigurationValue(Destination())])
    #expect(one != other)
    #expect(one.changes(since: other).count == 1)
  }
}

extension Configuration {
  /// A few objects of three kinds with values from a small range, so that edits often meet.
  static func random(using generator: inout SeededGenerator) -> Configuration {
    var configuration = Configuration()
    for _ in 0..<Int.random(in: 0...12, using: &generator) {
      configuration.edit(using: &generator)
    }
    return configuration
  }

  func edited(using generator: inout SeededGenerator) -> Configuration {
    var result = self
    for _ in 0..<Int.random(in: 0...6, using: &generator) { result.edit(using: &generator) }
    return result
  }

  private mutating func edit(using generator: inout SeededGenerator) {
    let name = "\(Int.random(in: 0..<3, using: &generator)).example"
    let value = Int.random(in: 1...3, using: &generator)
    let isDeleted = Int.random(in: 0..<3, using: &generator) == 0
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: routes[name] = isDeleted ? nil : Route(hosts: [.init(host: "h", port: value)])
    case 1:
      var destination = Destination()
      destination.maxConnections = value
      destinations[name] = isDeleted ? nil : destination
    default: delivery.maxConnections = value
    }
  }
}
