/// What the web security service makes of a request: `web_service: accepted`.
struct WebServiceCondition: LabCondition {
  enum Outcome: String, Decodable {
    case accepted, refused
  }

  private let outcome: Outcome

  init(from decoder: any Decoder) throws { outcome = try Outcome(from: decoder) }

  func observe(in world: any LabWorld) async throws -> Observation {
    let answer = try await world.askWebService()
    return Observation(isAsWanted: answer.isGood == (outcome == .accepted), text: answer.text)
  }
}
