import Foundation
import PKI
import Testing

@Suite struct CertificateChainTests {
  private let lab: Lab
  private let stranger: Certificate

  init() throws {
    lab = try Lab.shared.get()
    stranger = lab.otherRoot
  }

  private func chain(_ intermediates: [Certificate], roots: [Certificate]? = nil)
    -> CertificateChain
  {
    CertificateChain(leaf: lab.leaf, intermediates: intermediates, trustedRoots: roots)
  }

  @Test func aSoundChainHasNoFault() {
    #expect(
      chain([lab.lower, lab.upper], roots: [stranger, lab.root]).faults(at: lab.today) == [])
    #expect(chain([lab.lower, lab.upper]).faults == [])
  }

  @Test func duplicatesAreNamedOnceAndRemoved() {
    let doubled = chain([lab.lower, lab.upper, lab.lower, lab.lower, lab.leaf])
    #expect(doubled.faults == [.duplicate(lab.lower), .duplicate(lab.leaf)])
    #expect(doubled.withoutDuplicates.intermediates == [lab.lower, lab.upper])
    #expect(doubled.withoutDuplicates.faults == [])
  }

  @Test func wrongOrderIsNamedAndMended() {
    let swapped = chain([lab.upper, lab.lower], roots: [lab.root])
    #expect(swapped.faults == [.outOfOrder(lab.upper)])
    #expect(swapped.ordered.intermediates == [lab.lower, lab.upper])
    #expect(swapped.ordered.faults == [])
    let reversed = chain([lab.root, lab.upper, lab.lower])
    #expect(
      reversed.faults == [.rootIncluded(lab.root), .outOfOrder(lab.root), .outOfOrder(lab.upper)])
    #expect(reversed.ordered.intermediates == [lab.lower, lab.upper, lab.root])
  }

  @Test func aMissingIssuerIsNamed() {
    #expect(chain([]).faults == [.missing(issuer: lab.leaf.issuer, of: lab.leaf)])
    #expect(
      chain([lab.lower], roots: [lab.root]).faults
        == [.missing(issuer: lab.upper.subject, of: lab.lower)])
    #expect(chain([lab.lower]).faults == [])
    #expect(
      chain([lab.upper], roots: [lab.root]).faults
        == [.unrelated(lab.upper), .missing(issuer: lab.lower.subject, of: lab.leaf)])
    #expect(
      chain([lab.lower, lab.upper], roots: [stranger]).faults
        == [.missing(issuer: lab.root.subject, of: lab.upper)])
  }

  @Test func aStrangerIsUnrelatedAndStaysAtTheEnd() {
    let mixed = chain([stranger, lab.lower, lab.upper], roots: [lab.root])
    #expect(mixed.faults == [.unrelated(stranger)])
    #expect(mixed.ordered.intermediates == [lab.lower, lab.upper, stranger])
  }

  @Test func anExpiredIntermediateIsNamedFromItsDayOn() {
    let sound = chain([lab.lower, lab.upper], roots: [lab.root])
    #expect(sound.faults(at: lab.lower.notAfter) == [])
    #expect(sound.faults(at: lab.inTwentyDays) == [.expired(lab.lower)])
    #expect(sound.faults == [])
  }

  @Test func aRootIsNamedWhetherTrustedOrNot() {
    let whole = [lab.lower, lab.upper, lab.root]
    #expect(chain(whole).faults == [.rootIncluded(lab.root)])
    #expect(chain(whole, roots: [stranger]).faults == [.rootIncluded(lab.root)])
  }

  @Test func aSelfSignedLeafMissesNothing() {
    let alone = CertificateChain(leaf: lab.root, intermediates: [], trustedRoots: [])
    #expect(alone.faults(at: lab.today) == [])
  }

  @Test func aRenewedIntermediateOfTheOldKeyIsAnotherWayUp() throws {
    let folder = try Folder()
    try folder.write(Lab.configuration, to: "ca.cnf")
    let ca = "-CA \(lab.folder.path("upper.pem")) -CAkey \(lab.folder.path("upper.key"))"
    let key = lab.folder.path("lower.key")
    try folder.openssl(
      "req -x509 -key \(key) -config ca.cnf -extensions ca -days 500 \(ca) -subj {} -out new.pem",
      "/O=Lab/CN=Lab Lower CA")
    let renewed = try Certificate(pem: folder.text("new.pem"))
    let both = chain([lab.lower, renewed, lab.upper], roots: [lab.root])
    #expect(both.faults(at: lab.today) == [])
    #expect(both.faults(at: lab.inTwentyDays) == [.expired(lab.lower)])
  }

  @Test func crossSignedAuthoritiesPointingAtEachOtherEnd() throws {
    let folder = try Folder()
    try folder.write(Lab.configuration, to: "ca.cnf")
    // The lower authority certifies the upper one: a circle.
    let ca = "-CA \(lab.folder.path("lower.pem")) -CAkey \(lab.folder.path("lower.key"))"
    let key = lab.folder.path("upper.key")
    try folder.openssl(
      "req -x509 -key \(key) -config ca.cnf -extensions ca -days 500 \(ca) -subj {} -out circle.pem",
      "/O=Lab/CN=Lab Upper CA")
    let circle = try Certificate(pem: folder.text("circle.pem"))
    #expect(
      chain([lab.lower, circle], roots: [lab.root]).faults
        == [.missing(issuer: lab.lower.subject, of: circle)])
  }

  @Test(arguments: [
    "duplicate", "outOfOrder", "missing", "unrelated", "expired", "rootIncluded",
  ])
  func eachFaultIsOneLineThatNamesTheCertificate(kind: String) {
    let fault: ChainFault =
      switch kind {
      case "duplicate": .duplicate(lab.upper)
      case "outOfOrder": .outOfOrder(lab.upper)
      case "missing": .missing(issuer: lab.upper.subject, of: lab.lower)
      case "unrelated": .unrelated(lab.upper)
      case "expired": .expired(lab.upper)
      default: .rootIncluded(lab.upper)
      }
    #expect(fault.description.contains("\"Lab Upper CA\""))
    #expect(!fault.description.contains("\n"))
  }
}
