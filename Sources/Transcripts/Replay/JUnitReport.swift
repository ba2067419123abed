extension ReplayReport {
  /// The report as JUnit XML: a `testsuite` with a `testcase` a file; a mismatch is a `failure`,
  /// what could not run an `error`.
  public var junit: String {
    let total = results.map(\.duration).reduce(.zero, +)
    let cases = results.map { result in
      let open =
        "  <testcase classname=\"transcripts\" name=\"\(Self.escaped(result.file))\" "
        + "time=\"\(Self.seconds(result.duration))\""
      switch result.outcome {
      case .matched: return open + "/>\n"
      case .mismatch(let mismatch):
        return open + ">\n"
          + Self.element("failure", mismatch.message, mismatch.description) + "  </testcase>\n"
      case .couldNotRun(let error):
        return open + ">\n"
          + Self.element("error", error.message, error.description) + "  </testcase>\n"
      }
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite name="esash replay" tests="\(results.count)" failures="\(count(of: 1))" \
      errors="\(count(of: 2))" time="\(Self.seconds(total))">
      \(cases.joined())</testsuite>

      """
  }

  private func count(of status: Int32) -> Int {
    results.count { ReplayReport([$0]).exitStatus == status }
  }

  private static func element(_ name: String, _ message: String, _ text: String) -> String {
    "    <\(name) message=\"\(escaped(message))\">\(escaped(text))</\(name)>\n"
  }

  private static func seconds(_ duration: Duration) -> String {
    let milliseconds = Int(duration / .milliseconds(1))
    let fraction = String(milliseconds % 1000 + 1000).dropFirst()
    return "\(milliseconds / 1000).\(fraction)"
  }

  /// Text for XML 1.0, which has no place for most control characters, not even escaped (§2.2).
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 32 || (0xFFFE...0xFFFF).contains(scalar.value):
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
