import PKI

extension String {
  /// The text as it may be shown: nothing in it that a terminal would act on.
  var printable: String { printable(mark: "\u{FFFD}") }
}
