import Configuration
import Dialogue

/// The name of a certificate profile.
struct ProfileName: Answer {
  let text: String
  var shown: String { text }

  init(answer: String) throws(InvalidAnswer) {
    text = try ObjectName(answer: answer).text
    guard text.lowercased() != CertificateProfile.demoName.lowercased() else {
      throw InvalidAnswer("The name \"Demo\" belongs to the demonstration certificate.")
    }
  }
}

/// A country in a certificate's subject (ISO 3166-1 alpha-2).
struct CountryCode: Answer {
  let text: String
  var shown: String { text }

  init(answer: String) throws(InvalidAnswer) {
    guard answer.utf8.count == 2, answer.allSatisfy({ $0.isASCII && $0.isLetter }) else {
      throw InvalidAnswer("Country should be a ISO two character country code.")
    }
    text = answer.uppercased()
  }
}

/// Text of at most 64 characters: a part of a certificate's subject (X.520 upper bounds), a
/// person's name.
struct ShortText: Answer {
  let text: String
  var shown: String { text }

  init(_ present: String) { text = present }

  init(answer: String) throws(InvalidAnswer) {
    guard answer.count <= 64 else {
      throw InvalidAnswer("The value must be at most 64 characters long.")
    }
    guard !answer.holdsControls else {
      throw InvalidAnswer("The value must not contain control characters.")
    }
    text = answer
  }
}

/// A mail address in a certificate, such as `joe@example.com`.
struct MailAddress: Answer {
  let text: String
  var shown: String { text }

  init(answer: String) throws(InvalidAnswer) {
    guard answer.isMailAddress else {
      throw InvalidAnswer("An email address looks like joe@example.com.")
    }
    text = answer
  }
}

/// A number of bytes, with `k` or `M` behind it for kilobytes and megabytes.
struct ByteCount: Answer {
  let bytes: Int

  init(_ bytes: Int) { self.bytes = bytes }

  init(answer: String) throws(InvalidAnswer) {
    let units: [Character: Int] = ["k": 1 << 10, "m": 1 << 20]
    let unit = answer.last.flatMap { units[Character($0.lowercased())] }
    let digits = unit == nil ? answer[...] : answer.dropLast()
    guard let number = Int(digits), (1...(2 << 30) / (unit ?? 1)).contains(number) else {
      throw InvalidAnswer("The value must be a size such as 1048576, 1024k or 20M.")
    }
    bytes = number * (unit ?? 1)
  }

  var shown: String {
    if bytes % (1 << 20) == 0 { return "\(bytes >> 20)M" }
    return bytes % (1 << 10) == 0 ? "\(bytes >> 10)k" : "\(bytes)"
  }
}

/// A length of time: a number with `s`, `m` or `h` behind it, seconds without.
struct TimeSpan: Answer {
  let seconds: Int

  init(seconds: Int) { self.seconds = seconds }

  init(answer: String) throws(InvalidAnswer) {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
    let unit = answer.last.flatMap { units[Character($0.lowercased())] }
    let digits = unit == nil ? answer[...] : answer.dropLast()
    guard let number = Int(digits), (1...86400 / (unit ?? 1)).contains(number) else {
      throw InvalidAnswer("The value must be a time of at most a day, such as 30s, 5m or 1h.")
    }
    seconds = number * (unit ?? 1)
  }

  var shown: String {
    if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
    return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
  }
}
