import Foundation

/// Processor time and memory of a process and all its children, from /proc.
struct ProcessTree {
  let root: Int32

  /// Seconds of processor time, those of children that have ended included.
  var processorTime: Double {
    members.map { pid in
      // utime, stime, cutime, cstime (proc(5), fields 14 to 17); a child that is alive counts
      // for itself.
      let fields = stat(pid)
      return fields.count > 14 ? fields[11...14].compactMap { Double($0) }.reduce(0, +) : 0
    }.reduce(0, +) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// Bytes of memory that are the processes' own (proportional set size).
  var memory: Int {
    members.map { pid in
      let text = (try? String(contentsOfFile: "/proc/\(pid)/smaps_rollup", encoding: .utf8)) ?? ""
      let line = text.split(separator: "\n").first { $0.hasPrefix("Pss:") }
      return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) << 10
    }.reduce(0, +)
  }

  private var members: [Int32] {
    let pids = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [])
      .compactMap { Int32($0) }
    let parents = Dictionary(uniqueKeysWithValues: pids.map { ($0, parent($0)) })
    return pids.filter { pid in
      var next: Int32? = pid
      while let current = next, current > 1 {
        if current == root { return true }
        next = parents[current] ?? nil
      }
      return false
    }
  }

  private func parent(_ pid: Int32) -> Int32? {
    let fields = stat(pid)
    return fields.count > 1 ? Int32(fields[1]) : nil
  }

  /// The fields behind the name, from the state on.
  private func stat(_ pid: Int32) -> [Substring] {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return [] }
    return text[text.index(after: end)...].split(separator: " ")
  }
}
