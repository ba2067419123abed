/// Several numbers of a list, as they are typed and shown: `1,3` or `1-3`.
public struct Selection: Equatable, Sendable {
  /// The numbers, each once, in order.
  public let numbers: [Int]

  /// Makes a selection.
  public init(_ numbers: some Sequence<Int>) { self.numbers = Set(numbers).sorted() }

  /// Reads numbers, ranges and titles of a list, separated by commas; nil for anything else.
  ///
  /// - Parameter titles: the list's items, which bound the numbers.
  public init?(_ text: String, among titles: [String]) {
    var numbers: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let part = part.trimmingBlanks
      if let index = titles.firstIndex(where: { $0.lowercased() == part.lowercased() }) {
        numbers.append(index + 1)
        continue
      }
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
        .map { Int($0.trimmingBlanks) }
      guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1],
        low >= 1, low <= high, high <= titles.count
      else { return nil }
      numbers += low...high
    }
    self.init(numbers)
  }

  /// The numbers, those that follow one another as a range.
  public var text: String {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound == number - 1 {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }
}

extension Conversation {
  /// Asks for one or more items of a numbered list: numbers, ranges or texts, separated by commas.
  ///
  /// - Parameters:
  ///   - question: stands above the list.
  ///   - default: the numbers, from 1, that an empty answer takes; empty for none.
  ///   - check: refuses a choice that makes no sense, with a sentence; then it is asked again.
  public func chooseSeveral<Value>(
    _ question: String, from items: [Choice<Value>], default: [Int] = [1],
    check: ([Value]) throws(InvalidAnswer) -> Void = { _ throws(InvalidAnswer) in }
  ) async throws(InputEnd) -> [Value] {
    let titles = items.map(\.title)
    let list = titles.enumerated().map { "\n\($0 + 1). \($1)" }.joined()
    let present = Selection(`default`)
    while true {
      let text = try await line(
        under: question + list, bracket: "[\(present.text)]> ", completions: titles)
      let selection = text.isEmpty ? present : Selection(text, among: titles)
      guard let selection, !selection.numbers.isEmpty else {
        await say(
          text.isEmpty
            ? "A value is required."
            : "The value must be a list of integers from 1 to \(items.count), such as 1,2 or 1-2.")
        continue
      }
      let values = selection.numbers.map { items[$0 - 1].value }
      do throws(InvalidAnswer) {
        try check(values)
        return values
      } catch {
        await say(error.description)
      }
    }
  }
}
