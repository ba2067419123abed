import Configuration
import Foundation

/// A value of the committed configuration: `{object: listener/IncomingMail, value: certificate,
/// is: partner.com}`.
///
/// Objects are named as `showchanges` names them, values as the properties of the object's type in
/// `Sources/Configuration/Objects`, with dots on the way to a value within a value: `hostName`,
/// `defaults.tls`. With `absent: true` the object, or the value, must not be there.
struct CommittedCondition: LabCondition {
  let object: String
  let value: String?
  let `is`: String?
  let isNot: String?
  let absent: Bool?

  private enum CodingKeys: String, CodingKey {
    case object, value, `is`, absent
    case isNot = "is_not"
  }

  func observe(in world: any LabWorld) async throws -> Observation {
    let configuration = try await world.committed()
    let found = try text(in: configuration)
    let place = value.map { "\(object) \($0)" } ?? object
    let isAsWanted =
      if absent == true {
        found == nil
      } else if let `is` {
        found == `is`
      } else if let isNot {
        found != isNot
      } else {
        found != nil
      }
    return Observation(isAsWanted: isAsWanted, text: "\(place) = \(found ?? "(none)")")
  }

  /// The value as a text; nil when it is not there.
  private func text(in configuration: Configuration) throws -> String? {
    let parts = object.split(separator: "/", maxSplits: 1).map(String.init)
    guard let kind = parts.first.flatMap(ObjectKind.init(rawValue:)) else {
      throw LabError("\"\(object)\" is no object of a configuration.")
    }
    let key = ObjectKey(kind: kind, name: parts.count == 2 ? parts[1] : "")
    let stored = configuration[key] ?? (kind.type as? any SingletonValue.Type)?.init()
    guard let stored else { return nil }
    guard let value else { return "present" }
    var node: JSONValue? = try JSONDecoder().decode(
      JSONValue.self, from: JSONEncoder().encode(stored))
    for step in value.split(separator: ".") { node = node?[String(step)] }
    return node?.text
  }
}
