package trimtab.core.certificate;

/// What a certificate proves.
public sealed interface Claim {
  /// The key under which claims of a kind are counted.
  String kind();

  /// The last stage restores the target and every smaller admissible size of it fails; the stages
  /// before it are closed as far as their cap allows (whole without one), as given.
  ///
  /// @param excess exact excess over the target afterwards, an integer as text
  record RestoresMinimal(String excess) implements Claim {
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
  ///   or a leg that has no stage was left because its depth is below its least order)
  record Capped(String by) implements Claim {
    public static final String CLOSE_FACTOR = "close factor";
    public static final String DEPTH = "depth";

    @Override
    public String kind() {
      return "CAPPED";
    }
  }

  /// The amounts are the rule's formula, recomputed.
  ///
  /// @param formula in words
  /// @param sharePpm share of every leg
  record RulePrescribed(String formula, long sharePpm) implements Claim {
    @Override
    public String kind() {
      return "RULE_PRESCRIBED";
    }
  }

  /// Everything that can be closed is closed because the rule says so.
  record ClosesAll(String reason) implements Claim {
    @Override
    public String kind() {
      return "CLOSES_ALL";
    }
  }

  /// Everything is closed because no partial close restores: the account is bankrupt, or every
  /// admissible partial size of each leg, in the given order, fails.
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
