import Configuration
import Dialogue

/// `alertconfig`: who is told of what, how often, and from which address (G15).
struct AlertConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case edit = "EDIT"
    case delete = "DELETE"
    case clear = "CLEAR"
    case setup = "SETUP"
    case from = "FROM"

    var summary: String {
      switch self {
      case .new: "Add a new email address to send alerts."
      case .edit: "Modify alert subscription for an email address."
      case .delete: "Remove an email address."
      case .clear: "Remove all email addresses (disable alerts)."
      case .setup: "Configure alert settings."
      case .from: "Configure the From Address of alert emails."
      }
    }

    var needsAddress: Bool { self == .edit || self == .delete || self == .clear }
  }

  private var alerts: AlertSettings {
    get { context.draft.alerts }
    nonmutating set { context.draft.alerts = newValue }
  }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    try await context.menu {
      await showSettings()
    } operations: {
      Operation.allCases.filter { !alerts.subscriptions.isEmpty || !$0.needsAddress }
    } run: { operation in
      switch operation {
      case .new: try await add()
      case .edit: try await edit()
      case .delete: try await delete()
      case .clear: try await clear()
      case .setup: try await setUp()
      case .from: try await setFrom()
      }
    }
  }

  private func showSettings() async {
    if alerts.subscriptions.isEmpty {
      await c.say("\nNot sending alerts (no configured addresses).")
    } else {
      await c.say("\nSending alerts to:")
    }
    for subscription in alerts.subscriptions {
      await c.say(subscription.address)
      await c.say("        \(subscription.interests)")
    }
    await c.say(
      "\nInitial number of seconds to wait before sending a duplicate alert: "
        + "\(alerts.initialHoldBack)")
    await c.say(
      "Maximum number of seconds to wait before sending a duplicate alert: "
        + "\(alerts.maximumHoldBack)")
    let from = alerts.fromAddress ?? "the system-default From Address"
    await c.say("\nAlerts will be sent using \(from).")
  }

  // MARK: NEW, EDIT

  private func add() async throws {
    let address = try await c.ask(
      "Please enter a new email address to send alerts.\n(Ex: \"administrator@example.com\")",
      as: MailAddress.self
    ).text
    let addresses = alerts.subscriptions.map { $0.address.lowercased() }
    guard !addresses.contains(address.lowercased()) else {
      throw OperationFailed("Alerts are sent to \"\(address)\" already.")
    }
    var subscription = AlertSettings.Subscription(
      address: address, classes: [AlertInterest.all], severities: [AlertInterest.all])
    try await askInterests(of: &subscription)
    alerts.subscriptions.append(subscription)
  }

  private func edit() async throws {
    guard let index = try await pick("Please select the email address to edit.") else { return }
    var subscription = alerts.subscriptions[index]
    try await askInterests(of: &subscription)
    alerts.subscriptions[index] = subscription
  }

  private func askInterests(of subscription: inout AlertSettings.Subscription) async throws {
    subscription.classes = try await choose(
      "Choose the Alert Classes. Separate multiple choices with commas.",
      from: AlertInterest.classes, present: subscription.classes)
    subscription.severities = try await choose(
      "Select a Severity Level. Separate multiple choices with commas.",
      from: AlertInterest.severities, present: subscription.severities)
  }

  /// `All` stands for every other one, those of later releases included.
  private func choose(
    _ question: String, from titles: [String], present: [String]
  ) async throws -> [String] {
    let chosen = try await c.chooseSeveral(
      question, from: titles.map { Choice($0, $0) },
      default: titles.indices.filter { present.contains(titles[$0]) }.map { $0 + 1 })
    return chosen.contains(AlertInterest.all) ? [AlertInterest.all] : chosen
  }

  private func pick(_ question: String) async throws -> Int? {
    let addresses = alerts.subscriptions.map(\.address)
    return try await c.pick(question, from: addresses.enumerated().map { Choice($1, $0) })
  }

  // MARK: DELETE, CLEAR

  private func delete() async throws {
    guard let index = try await pick("Please select the email address to remove.") else { return }
    alerts.subscriptions.remove(at: index)
  }

  private func clear() async throws {
    guard
      try await c.confirm(
        "Are you sure you want to remove all email addresses (disable alerts)?", default: false)
    else { return }
    alerts.subscriptions = []
  }

  // MARK: SETUP, FROM

  private func setUp() async throws {
    let initial = try await c.ask(
      "Initial number of seconds to wait before sending a duplicate alert. Enter a\n"
        + "value of 0 to disable duplicate alert summaries.", in: AlertSettings.holdBackRange,
      default: alerts.initialHoldBack)
    let maximum = try await c.ask(
      "Maximum number of seconds to wait before sending a duplicate alert.",
      in: initial...AlertSettings.holdBackRange.upperBound,
      default: max(initial, alerts.maximumHoldBack))
    alerts.initialHoldBack = initial
    alerts.maximumHoldBack = maximum
  }

  enum FromOperation: String, MenuOperation, CaseIterable {
    case edit = "EDIT"
    case `default` = "DEFAULT"

    var summary: String {
      self == .edit ? "Edit the From Address." : "Use the system-default From Address."
    }
  }

  private func setFrom() async throws {
    let present = alerts.fromAddress
    let operations = FromOperation.allCases.filter { $0 == .edit || present != nil }
    switch try await c.menu(operations) {
    case .edit:
      alerts.fromAddress = try await c.ask(
        "Please enter the From Address to use for alerts.", as: MailAddress.self,
        default: present.map { try MailAddress(answer: $0) }
      ).text
    case .default: alerts.fromAddress = nil
    case nil: break
    }
  }
}

/// What a subscriber may want to hear of.
enum AlertInterest {
  static let all = "All"
  static let classes = [
    all, "System", "Hardware", "Updater", "Outbreak Filters", "Anti-Virus", "Anti-Spam",
    "Directory Harvest Attack Prevention",
  ]
  static let severities = [all, "Critical", "Warning", "Information"]
}

extension AlertSettings.Subscription {
  fileprivate var interests: String {
    "Class: \(classes.joined(separator: ", ")) - Severities: \(severities.joined(separator: ", "))"
  }
}
