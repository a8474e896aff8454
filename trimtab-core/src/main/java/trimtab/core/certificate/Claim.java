package trimtab.core.certificate;

import java.util.Optional;

/// What a certificate proves.
public sealed interface Claim {
  /// The key under which claims of a kind are counted.
  String kind();

  /// The stages restore the target, and less does not.
  ///
  /// Without a choice: every smaller admissible size of the last stage fails; the stages before it
  /// are closed as far as their cap allows (whole without one), as given, and do not restore. The
  /// penalty of the last stage is not cut by its cap, for smaller sizes are judged without it.
  ///
  /// With a choice among several legs: the stages, penalties at their uncapped rates, are
  /// irreducible: the next smaller admissible quantity of any one of them (nothing after the
  /// smallest), the others unchanged, does not restore; where the order is hedge-preserving it does
  /// not or lets an exposure grow, where it is proportional the next smaller share does not. Where
  /// one leg alone is closed at least cost, every smaller admissible size of it fails. The value of
  /// the stages is at most the choice's lower bound and its gap.
  ///
  /// @param excess exact excess over the target afterwards, an integer as text
  /// @param choice empty in an account with one leg, and where legs that appeared on the way were
  ///   needed
  record RestoresMinimal(String excess, Optional<Certificate.ChoiceLine> choice) implements Claim {
    /// Without a choice among legs.
    public RestoresMinimal(String excess) {
      this(excess, Optional.empty());
    }

    @Override
    public String kind() {
      return "RESTORES_MINIMAL";
    }
  }

  /// Each stage closes the largest admissible quantity that the cap allows. With the close factor
  /// as cap the account is not restored, and no smaller quantity of any stage would restore it
  /// either.
  ///
  /// @param by [#CLOSE_FACTOR] or [#DEPTH] (at least one stage ends at the capacity of its curve,
  ///   or closes nothing because its depth is below its least order)
  record Capped(String by) implements Claim {
    public static final String CLOSE_FACTOR = "close factor";
    public static final String DEPTH = "depth";

    @Override
    public String kind() {
      return "CAPPED";
    }
  }

  /// The amounts are the rule's formula, recomputed: of each position the least admissible quantity
  /// that is at least the share, of each pair the least that repays `ceil(share x owed)` (the whole
  /// pair if none does); where the depth ends before, the largest admissible quantity within it.
  /// Every leg there is has its stage.
  ///
  /// @param formula in words
  /// @param sharePpm share of every leg
  record RulePrescribed(String formula, long sharePpm) implements Claim {
    @Override
    public String kind() {
      return "RULE_PRESCRIBED";
    }
  }

  /// Everything that can be closed is closed because the rule says so: every stage whole, and in
  /// the end no position is open and either nothing is owed or nothing is held that could repay a
  /// unit of it.
  record ClosesAll(String reason) implements Claim {
    @Override
    public String kind() {
      return "CLOSES_ALL";
    }
  }

  /// Everything is closed, as in [ClosesAll], because no partial close restores: the account is
  /// bankrupt, or every admissible partial size of each leg, in the given order, fails, and so does
  /// what was closed before the last.
  ///
  /// @param reason `bankrupt` or `no partial close restores`
  record Escalated(String reason) implements Claim {
    /// Equity is zero or less.
    public static final String BANKRUPT = "bankrupt";

    /// Each stage carries the segments and points in which its partial sizes fail.
    public static final String NO_PARTIAL_RESTORES = "no partial close restores";

    @Override
    public String kind() {
      return "ESCALATED";
    }
  }
}
