package trimtab.core.certificate;

import java.util.List;
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

  /// The last stage lifts the excess over the target to at least `(1 - share) x excess before`, and
  /// every smaller admissible size of it does not; the stages before it are as in
  /// [RestoresMinimal]. Failing sizes are judged by the excess less that bar. The share is the
  /// initial one plus the growth since the episode opened, rounded down, below 1.
  ///
  /// @param sharePpm share of the shortfall that is removed
  /// @param initialSharePpm when the episode opens
  /// @param growthPpm per second
  /// @param openedNanos when it opened
  /// @param excess exact excess over the target afterwards, an integer as text
  record RestoresShare(
      long sharePpm, long initialSharePpm, long growthPpm, long openedNanos, String excess)
      implements Claim {
    @Override
    public String kind() {
      return "RESTORES_SHARE";
    }
  }

  /// Each stage closes the largest admissible quantity that the depth allows, and the health factor
  /// afterwards, the penalty taken uncapped, is above the one before; the target is not restored.
  record Relieves() implements Claim {
    @Override
    public String kind() {
      return "RELIEVES";
    }
  }

  /// What a share of every leg follows from.
  sealed interface Share {
    /// A constant of the rule.
    record Constant() implements Share {}

    /// A table: the share of the first row whose level health lies below.
    record ByHealth(List<Row> rows) implements Share {
      /// Copies the list.
      public ByHealth {
        rows = List.copyOf(rows);
      }
    }

    /// A row of a table, ascending in levels.
    record Row(long belowPpm, long sharePpm) {}

    /// Straight in severity, rounded down: `first + (last - first) x severity`. Severity is
    /// `shortfall / (shortfall + equity)`, rounded down to parts per million, with the shortfall
    /// from the threshold in value units and equity unweighted.
    record BySeverity(long firstPpm, long lastPpm) implements Share {}
  }

  /// Each stage closes the largest admissible quantity that the cap allows. With the close factor
  /// as cap the account is not restored, the penalty taken uncapped, and no smaller quantity of any
  /// stage would restore it either.
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
  /// @param source what the share follows from
  record RulePrescribed(String formula, long sharePpm, Share source) implements Claim {
    /// A share that is a constant of the rule.
    public RulePrescribed(String formula, long sharePpm) {
      this(formula, sharePpm, new Share.Constant());
    }

    @Override
    public String kind() {
      return "RULE_PRESCRIBED";
    }
  }

  /// The amounts are those that a rule states by a formula of its own, which is not recomputed
  /// here: of each stage the largest admissible quantity that is neither above what is stated nor
  /// above the depth.
  ///
  /// @param formula in words, with its numbers
  /// @param quantities stated for each stage that closes something
  record VenuePrescribed(String formula, List<Long> quantities) implements Claim {
    public VenuePrescribed {
      quantities = List.copyOf(quantities);
    }

    @Override
    public String kind() {
      return "VENUE_PRESCRIBED";
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
