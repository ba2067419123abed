import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reads an XML document into elements.
///
/// Comments and processing instructions are passed over, blanks between elements dropped; text is
/// exact. No document type is read, no entity but XML's own five expanded, nothing outside the
/// document opened. A document near the limits takes seconds: read it off any event loop.
public struct XMLReader: Sendable {
  /// How much a document may hold.
  public var limits: XMLLimits

  /// Makes a reader.
  public init(limits: XMLLimits = .standard) {
    self.limits = limits
  }

  /// The root element of a document in UTF-8, ISO-8859-1 or UTF-16.
  ///
  /// - Throws: `XMLReadError` with the line of the first thing that is wrong.
  public func read(_ bytes: [UInt8]) throws(XMLReadError) -> Element {
    try guardSize(of: bytes)
    return try read(unicode: XMLEncoding.unicode(bytes))
  }

  /// The root element of a document that came as characters, whatever encoding it names.
  ///
  /// - Throws: `XMLReadError` with the line of the first thing that is wrong.
  public func read(_ text: String) throws(XMLReadError) -> Element {
    let bytes = Array(text.utf8)
    try guardSize(of: bytes)
    return try read(unicode: bytes)
  }

  private func guardSize(of bytes: [UInt8]) throws(XMLReadError) {
    guard bytes.count <= limits.bytes else {
      throw XMLReadError(line: 1, reason: "the document is larger than \(limits.bytes) bytes")
    }
  }

  private func read(unicode bytes: [UInt8]) throws(XMLReadError) -> Element {
    let document = try XMLProlog.settle(bytes)
    let builder = XMLTreeBuilder(limits: limits)
    // As a stream, since the parser refuses more than 10,000,000 bytes handed over at once.
    let parser = XMLParser(stream: InputStream(data: Data(document)))
    parser.delegate = builder
    let succeeded = parser.parse()
    // The parser calls a document that ends too early a success: trust only what was seen.
    if let error = builder.error { throw error }
    let lines = 1 + document.count { $0 == 0x0A }
    guard succeeded, parser.parserError == nil else {
      throw XMLReadError(line: lines, reason: "the XML is malformed")
    }
    if let open = builder.openElement {
      throw XMLReadError(line: lines, reason: "the document ends before </\(open)>")
    }
    guard let root = builder.root else {
      throw XMLReadError(line: lines, reason: "the document holds no element")
    }
    return root
  }
}
