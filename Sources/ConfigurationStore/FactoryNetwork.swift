/// The lab network of a fresh appliance: its zone and its senders' reputations.
enum FactoryNetwork {
  static let zone = """
    ; The lab's names (RFC 1035 master file). A trailing "; dnssec=secure" or "bogus" sets the
    ; DNSSEC state of a record; without it a record is insecure.
    $TTL 1800
    example.com.            IN MX 10 mail.example.com.
    mail.example.com.       IN A 192.168.1.1
    1.1.168.192.in-addr.arpa. IN PTR mail.example.com.
    partner.example.        IN MX 10 mx1.partner.example.
    partner.example.        IN MX 20 mx2.partner.example.
    mx1.partner.example.    IN A 10.0.0.1
    mx2.partner.example.    IN A 10.0.0.2
    1.0.0.10.in-addr.arpa.  IN PTR mx1.partner.example.
    2.0.0.10.in-addr.arpa.  IN PTR mx2.partner.example.
    service.urlfiltering.example. IN A 10.0.0.20
    20.0.0.10.in-addr.arpa. IN PTR service.urlfiltering.example.

    """

  static let reputations = """
    # Reputation scores: an address or a network, and a score from -10.0 to 10.0.
    # Whoever is not listed has none.

    """
}
