import PKI

/// The paths of properties that are nil, empty, or equal to what the baseline has there.
///
/// It looks at what is stored, by reflection, and so also at a property that a type forgets to
/// encode and decode.
public func unfilledProperties(of value: Any, unlike baseline: Any?, at path: String = "")
  -> [String]
{
  let mirror = Mirror(reflecting: value)
  switch mirror.displayStyle {
  case .optional:
    guard let content = mirror.children.first?.value else { return ["\(path) is nil"] }
    let below = baseline.flatMap { Mirror(reflecting: $0).children.first?.value }
    return unfilledProperties(of: content, unlike: below, at: path)
  case .collection, .set, .dictionary:
    if mirror.children.isEmpty { return ["\(path) is empty"] }
    return mirror.children.enumerated().flatMap { index, child in
      unfilledProperties(of: child.value, unlike: nil, at: "\(path)[\(index)]")
    }
  case .struct where !isLeaf(value):
    let below = baseline.map { Array(Mirror(reflecting: $0).children) } ?? []
    return mirror.children.flatMap { child in
      let label = child.label ?? ""
      return unfilledProperties(
        of: child.value, unlike: below.first { $0.label == label }?.value,
        at: path.isEmpty ? label : "\(path).\(label)")
    }
  default:
    if let text = value as? String, text.isEmpty { return ["\(path) is empty"] }
    guard let value = value as? any Hashable else { return ["\(path) cannot be compared"] }
    guard let baseline = baseline as? any Hashable else { return [] }
    return AnyHashable(value) == AnyHashable(baseline)
      ? ["\(path) is still \(value)"] : []
  }
}

/// Whether a value is written as one text, so that its parts are nobody's settings.
private func isLeaf(_ value: Any) -> Bool {
  value is Certificate || value is CertificateRequest || value is Secret || value is String
    || Mirror(reflecting: value).children.isEmpty
}
