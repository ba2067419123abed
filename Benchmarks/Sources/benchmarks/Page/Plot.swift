import Foundation

/// Curves on axes that are both logarithmic: what grows with the work is a straight line, and its
/// slope says how.
struct Plot {
  let title: String
  /// What the sizes count.
  let work: String
  let curves: [Curve]

  private static let size = (width: 640.0, height: 400.0)
  private static let inside = (left: 64.0, right: 30.0, top: 66.0, bottom: 46.0)

  /// The picture; it can be read on light and on dark ground.
  var svg: String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number(Self.size.width)) \
    \(number(Self.size.height))" role="img" font-family="sans-serif" font-size="13">
    <title>\(title)</title>
    <style>
    :root { --ink: #1f2328; --faint: #8c959f66; --ground: #ffffff; --c0: #0969da; --c1: #bc4c00; \
    --c2: #1a7f37; --c3: #8250df; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --faint: #8b949e55; \
    --ground: #0d1117; --c0: #58a6ff; --c1: #f0883e; --c2: #3fb950; --c3: #bc8cff; } }
    text { fill: var(--ink); }
    .grid { stroke: var(--faint); }
    .curve { fill: none; stroke-width: 2; }
    </style>
    <rect width="100%" height="100%" fill="var(--ground)"/>
    <text x="\(number(Self.inside.left))" y="22" font-size="15" font-weight="bold">\(title)</text>
    \((grid + legend + drawing).joined(separator: "\n"))
    </svg>

    """
  }

  // MARK: Axes

  /// The decades that hold all values, as exponents of ten.
  private func decades(_ values: [Double]) -> ClosedRange<Double> {
    let positive = values.filter { $0 > 0 }
    let low = log10(positive.min() ?? 1).rounded(.down)
    return low...max(low + 1, log10(positive.max() ?? 10).rounded(.up))
  }

  private var sizes: ClosedRange<Double> {
    decades(curves.flatMap { $0.points.map { Double($0.size) } })
  }
  private var values: ClosedRange<Double> { decades(curves.flatMap { $0.points.flatMap(\.runs) }) }

  private func x(_ size: Double) -> Double {
    let share = (log10(size) - sizes.lowerBound) / (sizes.upperBound - sizes.lowerBound)
    return Self.inside.left + share * (Self.size.width - Self.inside.left - Self.inside.right)
  }

  private func y(_ value: Double) -> Double {
    let share = (log10(value) - values.lowerBound) / (values.upperBound - values.lowerBound)
    let height = Self.size.height - Self.inside.top - Self.inside.bottom
    return Self.size.height - Self.inside.bottom - share * height
  }

  private func number(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : String(format: "%.1f", value)
  }

  /// `0.1`, `10`, `10,000`.
  private func label(_ exponent: Double) -> String {
    guard exponent >= 0 else { return String(format: "%.\(Int(-exponent))f", pow(10, exponent)) }
    return Spread.grouped(Int(pow(10, exponent)))
  }

  private var grid: [String] {
    let bottom = number(Self.size.height - Self.inside.bottom)
    let right = number(Self.size.width - Self.inside.right)
    let across = stride(from: values.lowerBound, through: values.upperBound, by: 1).map {
      exponent in
      let height = number(y(pow(10, exponent)))
      return """
        <line class="grid" x1="\(number(Self.inside.left))" y1="\(height)" x2="\(right)" \
        y2="\(height)"/><text x="\(number(Self.inside.left - 8))" y="\(height)" text-anchor="end" \
        dominant-baseline="middle">\(label(exponent))</text>
        """
    }
    let down = stride(from: sizes.lowerBound, through: sizes.upperBound, by: 1).map { exponent in
      let place = number(x(pow(10, exponent)))
      return """
        <line class="grid" x1="\(place)" y1="\(number(Self.inside.top))" x2="\(place)" \
        y2="\(bottom)"/><text x="\(place)" y="\(number(Self.size.height - 28))" \
        text-anchor="middle">\(label(exponent))</text>
        """
    }
    let middle = number((Self.inside.left + Self.size.width - Self.inside.right) / 2)
    let foot = """
      <text x="\(middle)" y="\(number(Self.size.height - 8))" text-anchor="middle">\(work)</text>
      """
    return across + down + [foot]
  }

  // MARK: Curves

  private func color(_ index: Int) -> String { "var(--c\(index % 4))" }

  private var legend: [String] {
    var place = Self.inside.left
    return curves.enumerated().map { index, curve in
      // Some seven units a letter, and room to the next one.
      defer { place += 40 + 7.2 * Double(curve.name.count) }
      return """
        <circle cx="\(number(place + 5))" cy="44" r="5" fill="\(color(index))"/>\
        <text x="\(number(place + 16))" y="48">\(curve.name)</text>
        """
    }
  }

  /// A line through the medians, and at each a bar from the least run to the greatest.
  private var drawing: [String] {
    curves.enumerated().flatMap { index, curve in
      let places = curve.points.map { point in
        let spread = Spread(point.runs)
        return (
          x: number(x(Double(point.size))), median: number(y(spread.median)),
          least: number(y(spread.least)), greatest: number(y(spread.greatest))
        )
      }
      let line = places.map { "\($0.x),\($0.median)" }.joined(separator: " ")
      return [
        "<polyline class=\"curve\" stroke=\"\(color(index))\" points=\"\(line)\"/>"
      ]
        + places.map { place in
          """
          <line stroke="\(color(index))" x1="\(place.x)" y1="\(place.least)" x2="\(place.x)" \
          y2="\(place.greatest)"/><circle cx="\(place.x)" cy="\(place.median)" r="4" \
          fill="\(color(index))"/>
          """
        }
    }
  }
}
