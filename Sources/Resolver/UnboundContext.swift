import CUnbound
import Dispatch
import Glibc
import Synchronization

/// A context of libunbound with its cache: settings that never change, and questions under way.
///
/// The library resolves on a thread of its own. All calls and all answers go through one queue, so
/// that nobody else waits for it.
final class UnboundContext: @unchecked Sendable {
  private let queue = DispatchQueue(label: "esash.unbound")
  private let context: OpaquePointer
  private let source: any DispatchSourceRead
  /// Questions under way by the library's number; touched on the queue only.
  private var questions: [Int32: Question] = [:]

  /// Makes a context.
  ///
  /// - Throws: `LookupFailure` when the library does not take the settings.
  init(_ settings: NameServerSettings) throws(LookupFailure) {
    context = try UnboundContext.setUp(settings)
    source = DispatchSource.makeReadSource(fileDescriptor: ub_fd(context), queue: queue)
    source.setEventHandler { [weak self] in self?.process() }
    let handle = Handle(context: context)
    source.setCancelHandler { ub_ctx_delete(handle.context) }
    source.activate()
  }

  /// One context at a time is set up: the library's reader of settings has one state for all.
  private static let setUpLock = Mutex(())

  private static func setUp(_ settings: NameServerSettings) throws(LookupFailure) -> OpaquePointer {
    try setUpLock.withLock { _ throws(LookupFailure) in
      Handle(context: try context(settings))
    }.context
  }

  private static func context(_ settings: NameServerSettings) throws(LookupFailure)
    -> OpaquePointer
  {
    guard !settings.zoneFiles.contains(where: { $0.path.contains { "\"\n".contains($0) } }) else {
      throw LookupFailure("The path of a zone's file holds a quote or a line end.")
    }
    guard let context = ub_ctx_create() else {
      throw LookupFailure("There is no memory for the resolver.")
    }
    do throws(LookupFailure) {
      // Otherwise the library writes to the standard error stream.
      try check(ub_ctx_debugout(context, nil))
      try check(ub_ctx_async(context, 1))
      try configure(context, UnboundConfiguration(settings).description)
      for anchor in settings.trustAnchors { try check(ub_ctx_add_ta(context, anchor)) }
    } catch {
      ub_ctx_delete(context)
      throw error
    }
    return context
  }

  deinit { source.cancel() }

  /// Asks a question; whoever waits for the answer keeps the context alive.
  ///
  /// - Parameter limit: the most real time to wait.
  func ask(_ name: String, _ type: RecordType, limit: DispatchTimeInterval)
    async throws(LookupFailure) -> UnboundResult
  {
    let question = Question()
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        queue.async {
          question.waiter = continuation
          self.begin(question, name, type, limit)
        }
      }
    } onCancel: {
      queue.async { self.giveUp(question, LookupFailure("The lookup was cancelled.")) }
    }
    return try outcome.get()
  }

  private func begin(
    _ question: Question, _ name: String, _ type: RecordType, _ limit: DispatchTimeInterval
  ) {
    if let early = question.early { return question.finish(.failure(early)) }
    let status = ub_resolve_async(
      context, name, Int32(type.number), 1, Unmanaged.passUnretained(question).toOpaque(),
      { receive($0, $1, $2) }, &question.number)
    guard status == 0 else { return question.finish(.failure(LookupFailure(library: status))) }
    questions[question.number] = question
    let timer = DispatchWorkItem { [weak self] in
      self?.giveUp(question, LookupFailure("No name server answered in time."))
    }
    question.timer = timer
    queue.asyncAfter(deadline: .now() + limit, execute: timer)
  }

  private func giveUp(_ question: Question, _ failure: LookupFailure) {
    question.early = failure
    guard questions.removeValue(forKey: question.number) != nil else { return }
    ub_cancel(context, question.number)
    question.finish(.failure(failure))
  }

  private func process() {
    ub_process(context)
    questions = questions.filter { !$0.value.isFinished }
  }
}

/// Who waits for one answer; touched on the context's queue only.
private final class Question: @unchecked Sendable {
  typealias Outcome = Result<UnboundResult, LookupFailure>

  var number: Int32 = -1
  var waiter: CheckedContinuation<Outcome, Never>?
  var timer: DispatchWorkItem?
  /// Why it is given up, perhaps before it was asked.
  var early: LookupFailure?
  private(set) var isFinished = false

  func finish(_ outcome: Outcome) {
    isFinished = true
    timer?.cancel()
    // It holds this question in turn.
    timer = nil
    waiter?.resume(returning: outcome)
    waiter = nil
  }
}

/// Carries the pointer over to where it is used next; the library may be called from any thread.
private struct Handle: @unchecked Sendable {
  let context: OpaquePointer
}

/// The library's callback, on the context's queue.
private func receive(
  _ data: UnsafeMutableRawPointer?, _ status: Int32, _ result: UnsafeMutablePointer<ub_result>?
) {
  defer { ub_resolve_free(result) }
  guard let data else { return }
  let question = Unmanaged<Question>.fromOpaque(data).takeUnretainedValue()
  if status == 0, let result {
    question.finish(.success(UnboundResult(result.pointee)))
  } else {
    question.finish(.failure(LookupFailure(library: status)))
  }
}

private func check(_ status: Int32) throws(LookupFailure) {
  guard status == 0 else { throw LookupFailure(library: status) }
}

/// Hands the library its configuration, which it takes from files only.
private func configure(_ context: OpaquePointer, _ text: String) throws(LookupFailure) {
  guard let file = tmpfile() else {
    throw LookupFailure("The resolver's settings cannot be written.")
  }
  defer { fclose(file) }
  guard fputs(text, file) >= 0, fflush(file) == 0 else {
    throw LookupFailure("The resolver's settings cannot be written.")
  }
  try check(ub_ctx_config(context, "/proc/self/fd/\(fileno(file))"))
}

extension LookupFailure {
  fileprivate init(library status: Int32) {
    self.init("The resolver failed: \(String(cString: ub_strerror(status))).")
  }
}
