import PKI

/// A stranger's word, such as a name, as it may be shown: not long, and nothing in it that a terminal
/// would act on.
func shown(_ name: String) -> String {
  String(name.unicodeScalars.prefix(200)).printable(mark: "?")
}
