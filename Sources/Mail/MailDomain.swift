/// The domain of an address without brackets: what follows its last `@`, in small letters; empty when
/// there is none.
public func mailDomain(of address: String) -> String {
  guard let at = address.lastIndex(of: "@") else { return "" }
  return address[address.index(after: at)...].lowercased()
}
