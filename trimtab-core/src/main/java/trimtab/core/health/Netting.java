package trimtab.core.health;

/// What of one asset is set off against what before weights apply.
public enum Netting {
  /// What is held against what is owed, per account and asset.
  PER_ASSET,
  /// Nothing: what is held backs at its weight and what is owed obliges at its weight, also of the
  /// same asset, as pools of lenders have it. Profit and loss belong to what is held.
  NONE
}
