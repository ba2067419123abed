import Resolver

/// What the DNS says of the certificate of a mail host (RFC 7672 §2.2).
enum TLSALookup: Hashable, Sendable {
  /// There are no secure TLSA records: DANE does not apply.
  case none
  /// Secure records, and the TLSA base domain: the name for SNI and in certificates.
  case secure(base: DomainName, records: [TLSARecord])
  /// The question failed, or the answer is bogus: the host must not be used (RFC 7672 §2.1.1). The
  /// text says so in a clause.
  case failed(String)
}

extension NameService {
  /// Looks up the TLSA records of a mail host.
  ///
  /// The name that the host's name is an alias for comes first, the host's own name second; both
  /// count only if the way to them is secure (RFC 7672 §2.2.2, §2.2.3).
  ///
  /// - Parameters:
  ///   - host: a host from a route.
  ///   - security: that of the way from the domain to the host's name; without "secure" DANE does
  ///     not apply (RFC 7672 §2.2.1).
  func tlsa(for host: MailHost, security: RecordSecurity) async -> TLSALookup {
    guard security == .secure, let name = host.name else { return .none }
    do throws(LookupFailure) {
      var candidates = [name]
      if host.security == .secure {
        if let canonical = host.canonicalName { candidates.insert(canonical, at: 0) }
      } else {
        // A secure alias of an insecure host may still vouch for the alias's own name.
        guard host.canonicalName != nil else { return .none }
        let alias = try await believed(name, .cname)
        guard !alias.records.isEmpty, alias.security == .secure else { return .none }
      }
      for base in candidates {
        guard let owner = DomainName("_\(host.port)._tcp.\(base)") else { continue }
        let answer = try await believed(owner, .tlsa)
        let records = answer.records.compactMap { record in
          if case .tlsa(let tlsa) = record.data { tlsa } else { nil }
        }
        if answer.security == .secure, !records.isEmpty {
          return .secure(base: base, records: records)
        }
      }
      return .none
    } catch {
      return .failed(error.description)
    }
  }

  private func believed(_ name: DomainName, _ type: RecordType) async throws(LookupFailure)
    -> DNSAnswer
  {
    let answer: DNSAnswer
    do throws(LookupFailure) {
      answer = try await self.answer(name, type)
    } catch {
      throw LookupFailure("the \(type.rawValue) records of \(name) cannot be had: \(error)")
    }
    guard answer.security != .bogus else {
      throw LookupFailure("the \(type.rawValue) records of \(name) are bogus")
    }
    return answer
  }
}
