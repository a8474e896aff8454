package trimtab.core.health;

/// What a health level is measured against.
public enum Base {
  /// The whole obligation: the health factor of lending, backing over obligation.
  OBLIGATION,
  /// The margin requirement alone: equity over maintenance margin.
  REQUIREMENT,
  /// The obligation for an account without a requirement, the requirement otherwise.
  AUTO;

  /// The base that holds for an account, never `AUTO`.
  ///
  /// @param hasRequirement whether the account's positions require margin
  public Base resolve(boolean hasRequirement) {
    return this != AUTO ? this : hasRequirement ? REQUIREMENT : OBLIGATION;
  }
}
