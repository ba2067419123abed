import Foundation
import PKI

extension String {
  /// The text with a question mark for each character that a terminal would act on.
  var printable: String { printable(mark: "?") }

  /// The text in quotation marks, fit for a sentence: printable, and cut where it is long.
  var quoted: String { "\"\(count > 60 ? prefix(57) + "..." : self[...])\"".printable }
}

extension StringProtocol {
  /// The text without the blanks that a hand-edited file may have around a number.
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
