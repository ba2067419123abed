import Resolver
import TLS

extension TLSASituation {
  /// Judges the TLSA records that were found for a host.
  init(_ lookup: TLSALookup) {
    switch lookup {
    case .none: self = .none
    case .failed(let reason): self = .failed(reason)
    case .secure(_, let records):
      let usable = records.map(DANEParameters.Record.init).filter(\.isUsable)
      self = usable.isEmpty ? .unusable : .usable(usable)
    }
  }
}

extension DANEParameters {
  /// What the records of a host demand; nil without any.
  ///
  /// - Parameter domain: a name that a certificate below a trust anchor may bear as well
  ///   (RFC 7672 §3.2.2).
  init?(_ lookup: TLSALookup, domain: String) {
    guard case .secure(let base, let records) = lookup else { return nil }
    self.init(
      baseDomain: base.description, hostNames: [domain],
      records: records.map(Record.init))
  }
}

extension DANEParameters.Record {
  fileprivate init(_ record: TLSARecord) {
    self.init(
      usage: record.usage, selector: record.selector, matching: record.matching,
      data: record.data)
  }
}
