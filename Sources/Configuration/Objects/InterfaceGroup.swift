/// Interfaces under one name (`interfaceconfig` > GROUPS).
public struct InterfaceGroup: ConfigurationValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.interfaceGroup

  /// The names of its interfaces, in the order in which they were given.
  public var interfaces: [String]

  /// Makes a group.
  public init(interfaces: [String]) { self.interfaces = interfaces }
}
