/// What happened to one object between two configurations.
public struct Change: Hashable, Sendable {
  /// Which object.
  public let key: ObjectKey
  /// Its value before, or nil where it did not exist.
  public let before: AnyConfigurationValue?
  /// Its value after, or nil where it is gone.
  public let after: AnyConfigurationValue?
}

extension Configuration {
  /// The objects that differ from an older configuration, sorted by key.
  ///
  /// The one difference of the house: commit, commitdetail, showchanges, merge and rollback use it.
  public func changes(since older: Configuration) -> [Change] {
    var changes: [Change] = []
    for place in Set(places.keys).union(older.places.keys) {
      let new = places[place] ?? [:]
      let old = older.places[place] ?? [:]
      // Equal at once when both share their storage, as what nobody touched does.
      guard new != old else { continue }
      for name in Set(new.keys).union(old.keys) where new[name] != old[name] {
        let key = ObjectKey(level: place.level, kind: place.kind, name: name)
        changes.append(Change(key: key, before: old[name], after: new[name]))
      }
    }
    return changes.sorted { $0.key < $1.key }
  }

  /// This configuration with changes made to it.
  public func applying(_ changes: [Change]) -> Configuration {
    var result = self
    for change in changes { result[stored: change.key] = change.after }
    return result
  }

  /// Brings changes, made on `base`, together with what others committed since.
  ///
  /// - Parameters:
  ///   - changes: what one session changed, as seen from `base`.
  ///   - base: the configuration on which the session began.
  /// - Returns: the merged configuration, or the keys that both sides changed differently.
  public func merging(
    _ changes: [Change], madeOn base: Configuration
  ) -> Result<Configuration, MergeConflict> {
    let conflicts = changes.filter { change in
      let theirs = self[stored: change.key]
      return theirs != base[stored: change.key] && theirs != change.after
    }
    guard conflicts.isEmpty else { return .failure(MergeConflict(keys: conflicts.map(\.key))) }
    return .success(applying(changes))
  }
}

/// Objects that two sessions changed differently.
public struct MergeConflict: Error, Equatable {
  /// Their keys, sorted.
  public let keys: [ObjectKey]
}
