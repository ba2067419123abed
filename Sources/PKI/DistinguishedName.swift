/// An X.501 name: who a certificate is for, or who issued it.
///
/// Foreign names keep all their attributes and the order of them. Two names are equal when they
/// read alike; whether one certificate issued another is `Certificate.isSigned(by:)`.
public struct DistinguishedName: Hashable, Sendable, Codable {
  /// One attribute, such as `O=Example`.
  public struct Attribute: Hashable, Sendable, Codable {
    /// The usual short name (`CN`, `emailAddress`), or the dotted number of an unknown type.
    public var type: String
    /// The value; characters that a terminal would act on stand as `\1b`.
    public var value: String

    /// Makes an attribute from a short name or dotted number and its value.
    public init(type: String, value: String) {
      self.type = type
      self.value = value
    }
  }

  /// The relative names in encoded order; nearly always each holds a single attribute.
  public var relativeNames: [[Attribute]]

  /// Makes a name from its relative names.
  public init(relativeNames: [[Attribute]]) { self.relativeNames = relativeNames }

  /// Makes a name of the six attributes that the appliance asks for; empty ones are left out.
  ///
  /// - Parameter country: two letters.
  public init(
    commonName: String, organization: String = "", organizationalUnit: String = "",
    locality: String = "", state: String = "", country: String = ""
  ) {
    let values = [country, state, locality, organization, organizationalUnit, commonName]
    relativeNames = zip(Self.applianceOrder, values)
      .filter { !$0.1.isEmpty }
      .map { [Attribute(type: $0.0, value: $0.1)] }
  }

  /// The order of the appliance's one-line form.
  public static let applianceOrder = ["C", "ST", "L", "O", "OU", "CN"]

  /// All attributes in encoded order.
  public var attributes: [Attribute] { relativeNames.flatMap(\.self) }

  /// Whether there is no attribute at all.
  public var isEmpty: Bool { attributes.isEmpty }

  /// The values of a type in encoded order.
  public func values(of type: String) -> [String] {
    attributes.filter { $0.type == type }.map(\.value)
  }

  /// The last common name, or an empty text.
  public var commonName: String { values(of: "CN").last ?? "" }
  /// The first organization, or an empty text.
  public var organization: String { values(of: "O").first ?? "" }
  /// The first organizational unit, or an empty text.
  public var organizationalUnit: String { values(of: "OU").first ?? "" }
  /// The first locality or city, or an empty text.
  public var locality: String { values(of: "L").first ?? "" }
  /// The first state or province, or an empty text.
  public var state: String { values(of: "ST").first ?? "" }
  /// The first country, or an empty text.
  public var country: String { values(of: "C").first ?? "" }
}
