import CLibEdit

/// Connects libedit's ways to call out with the `EditLine` that is its client data.
///
/// - Returns: the names of the editing functions, which libedit refers to and does not copy.
func installCallbacks(in el: OpaquePointer) -> [WideText] {
  clibedit_set_prompt(el) { owner(of: $0)?.promptPointer }
  clibedit_set_reader(el) { el, character in
    guard let character else { return -1 }
    return owner(of: el)?.nextCharacter(into: character) ?? -1
  }
  let complete = WideText("esash-complete")
  clibedit_add_function(el, complete.pointer, complete.pointer) { el, _ in
    UInt8(owner(of: el)?.complete() ?? CC_ERROR)
  }
  let deleteOrEnd = WideText("esash-delete-or-end")
  clibedit_add_function(el, deleteOrEnd.pointer, deleteOrEnd.pointer) { el, _ in
    UInt8(owner(of: el)?.deleteOrEnd() ?? CC_ERROR)
  }
  return [complete, deleteOrEnd]
}

private func owner(of el: OpaquePointer?) -> EditLine? {
  guard let data = clibedit_client_data(el) else { return nil }
  return Unmanaged<EditLine>.fromOpaque(data).takeUnretainedValue()
}
