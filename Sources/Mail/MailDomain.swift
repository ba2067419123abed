/// The domain of an address without brackets: what follows its last `@`, in small letters and without
/// a dot at its end, as destination controls and routes name it; empty when there is none.
public func mailDomain(of address: String) -> String {
  guard let at = address.lastIndex(of: "@") else { return "" }
  let domain = address[address.index(after: at)...].lowercased()
  return domain.hasSuffix(".") ? String(domain.dropLast()) : domain
}
