package trimtab.core.account;

import java.util.Arrays;

/// How far interest and funding have run, for all accounts at once: an account is stored at the
/// indices it was last changed at, so that time costs nothing until somebody looks.
///
/// Interest: a balance of `s` scaled units is worth `s x index / 10^12` units of the asset.
/// Funding: a position owes `quantity x (index - index at entry) / 10^9` cost units of its
/// contract; a rising index charges longs.
public final class Indices {
  /// Scale of interest indices: an index of one.
  public static final long INTEREST_ONE = 1_000_000_000_000L;

  /// Scale of funding indices: parts of a cost unit per quantity unit.
  public static final long FUNDING_ONE = 1_000_000_000L;

  private final long[] deposit;
  private final long[] borrow;
  private final long[] funding;

  private Indices(long[] deposit, long[] borrow, long[] funding) {
    this.deposit = deposit;
    this.borrow = borrow;
    this.funding = funding;
  }

  /// The indices of an instant, at the scales [#INTEREST_ONE] and [#FUNDING_ONE].
  ///
  /// @param deposit by asset, what a scaled unit held is worth; positive
  /// @param borrow by asset, what a scaled unit owed is worth; positive
  /// @param funding by market, cumulative, any sign
  /// @throws IllegalArgumentException if an interest index is not positive, or there are not as
  ///   many of one kind as of the other
  public static Indices of(long[] deposit, long[] borrow, long[] funding) {
    if (deposit.length != borrow.length
        || Arrays.stream(deposit).anyMatch(index -> index <= 0)
        || Arrays.stream(borrow).anyMatch(index -> index <= 0)) {
      throw new IllegalArgumentException(
          "interest needs one positive deposit and one positive borrow index per asset");
    }
    return new Indices(deposit.clone(), borrow.clone(), funding.clone());
  }

  /// Where everything starts.
  public static Indices start(int assets, int markets) {
    long[] ones = new long[assets];
    Arrays.fill(ones, INTEREST_ONE);
    return new Indices(ones, ones.clone(), new long[markets]);
  }

  /// What a scaled unit held of an asset is worth, at the scale [#INTEREST_ONE].
  public long deposit(int asset) {
    return deposit[asset];
  }

  /// What a scaled unit owed of an asset is worth, at the scale [#INTEREST_ONE].
  public long borrow(int asset) {
    return borrow[asset];
  }

  /// Cumulative funding of a market in cost units per quantity unit, at the scale [#FUNDING_ONE].
  public long funding(int market) {
    return funding[market];
  }
}
