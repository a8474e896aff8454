package trimtab.lab.shadow;

import java.util.List;
import java.util.OptionalLong;
import trimtab.core.health.Health;
import trimtab.core.mark.Marks;

/// A decision about which a venue and a rulebook do not agree.
///
/// @param kind in what
/// @param nanos when: of the venue's decision, or of the prices at which the rulebook would have
///   decided
/// @param account the owner's name for it
/// @param marks prices in force
/// @param before health at them
/// @param reason why the rulebook decides as it does, in words
/// @param legs what each closes
/// @param afterOurs health after what the rulebook would close; that at the marks if nothing
/// @param least value at the mark of the least restoring close; empty where no partial close
///   restores or nothing is to be closed
/// @param line where the venue's first row of it stands; 0 where it did nothing
public record Difference(
    Kind kind,
    long nanos,
    String account,
    Marks marks,
    Health before,
    String reason,
    List<Leg> legs,
    Health afterOurs,
    OptionalLong least,
    long line) {
  public Difference {
    legs = List.copyOf(legs);
  }

  /// In what they differ.
  public enum Kind {
    /// The venue closed something of an account that is not in breach, or that nothing can be
    /// closed of.
    THEY_ONLY,
    /// The rulebook would have closed; the venue did not.
    WE_ONLY,
    /// Both close, but not the same quantities.
    SIZE,
    /// The same quantities, but the venue's price is beyond the rulebook's limit.
    PRICE
  }

  /// What was closed of one instrument. Quantities in its units, values at the mark in value units.
  ///
  /// @param instrument market, or collateral asset
  /// @param ours 0 if nothing
  /// @param theirs 0 if nothing
  /// @param limitPrice ours, in the feed's units; empty without one
  /// @param theirPrice in the feed's units; empty where the venue does not say it
  public record Leg(
      String instrument,
      long ours,
      long theirs,
      long oursNotional,
      long theirsNotional,
      OptionalLong limitPrice,
      OptionalLong theirPrice) {}

  public long oursNotional() {
    return legs.stream().mapToLong(Leg::oursNotional).sum();
  }

  public long theirsNotional() {
    return legs.stream().mapToLong(Leg::theirsNotional).sum();
  }
}
