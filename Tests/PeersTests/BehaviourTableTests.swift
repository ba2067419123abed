import Foundation
import Peers
import TestSupport
import Testing

@Suite struct BehaviourTableTests {
  /// The lines of the manual's list.
  private static let manual: [String] = {
    let file = repositoryRoot.appending(path: "docs/peers.md")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix("- `") }.map(String.init)
  }()

  @Test func theManualListsWhatThereIs() {
    #expect(Behaviour.all.map { "- `\($0.name)`: \($0.summary)" } == Self.manual)
  }

  @Test func namesAreUniqueAndFound() {
    #expect(Set(Behaviour.all.map(\.name)).count == Behaviour.all.count)
    for behaviour in Behaviour.all { #expect(Behaviour.named(behaviour.name) == behaviour) }
    #expect(Behaviour.named("nonsense") == nil)
  }

  @Test func eachDiffersFromTheGoodOneInOnePlace() throws {
    let good = try behaviour("good")
    let differences = Behaviour.all.map { other in
      zip(Mirror(reflecting: good).children, Mirror(reflecting: other).children)
        .filter { "\($0.value)" != "\($1.value)" }.compactMap(\.0.label)
        .filter { !["name", "summary"].contains($0) }
    }
    for (behaviour, difference) in zip(Behaviour.all, differences) {
      // What cannot be said in one place: no ESMTP means no STARTTLS either, those ciphers belong
      // to the older versions, and the web security service wants to know its clients.
      let most = ["plain", "starttls-first-line", "no-shared-cipher", "web-service"]
        .contains(behaviour.name)
      let isGood = ["good", "dane-good"].contains(behaviour.name)
      #expect(difference.count == (isGood ? 0 : most ? 2 : 1), "\(behaviour.name): \(difference)")
    }
  }
}
