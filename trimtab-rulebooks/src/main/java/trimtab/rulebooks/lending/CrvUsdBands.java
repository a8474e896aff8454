package trimtab.rulebooks.lending;

import static trimtab.rulebooks.number.Uint.WAD;
import static trimtab.rulebooks.number.Uint.divFloor;
import static trimtab.rulebooks.number.Uint.minusOrZero;
import static trimtab.rulebooks.number.Uint.mulDivFloor;

import java.math.BigInteger;
import java.util.List;
import trimtab.rulebooks.number.Uint;

/// The price bands of crvUSD's AMM (LLAMMA), as far as a liquidation needs them: what a loan's
/// share is worth when the price goes down through it, and what a withdrawal gives.
///
/// A band holds stablecoins x and collateral y between its upper price pUp and `pUp x (A - 1) / A`;
/// within, `(f + x)(g + y)` is constant, with `f = A y0 p^2 / pUp` and `g = (A - 1) y0 pUp / p` at
/// the oracle's price p, and y0 the root of `p A y0^2 - y0 (pUp (A - 1) x / p + p^2 A y / pUp) - x
/// y = 0`. The value of a band traded down: first to the oracle's price, then slowly on to below
/// the band, at the band's geometric mean price.
///
/// | oracle's price | stablecoins of a band |
/// |---|---|
/// | above it, only y | `y x pUp / ratio` |
/// | above it, only x | `(x / mid) x pUp / ratio` |
/// | above it, both | `(I / f - g) x pUp / ratio` |
/// | below it, only x | `x` |
/// | below it, only y | `y x mid` |
/// | below it, both | `I / g - f` |
/// | in it | `xo + yo x sqrt(pDown x p)`, `yo = sqrt(I / p) - g`, `xo = I / (g + yo) - f` |
///
/// with `ratio = sqrt(A / (A - 1))`, `mid = p^3 / pDown^2 x (A - 1) / A` and `I = (f + x)(g + y)`;
/// then times the loan's part of the band's shares. Every division and root rounds down.
///
/// A withdrawal of a share gives `(amount + 1) x shares / (total + 1000)` of each, shares and
/// amounts rounded down; 1000 dead shares stop inflation of an empty band.
///
/// Amounts in bands have 18 decimals. The first band's upper price is an input (the AMM's
/// `p_oracle_up`, an exponential that is not computed here); each next is `x (A - 1) / A` of the
/// last, rounded down.
///
/// Source: curvefi/curve-stablecoin@a658ec45 `contracts/AMM.vy` (`get_xy_up`, `_get_y0`,
/// `get_sum_xy`); `withdraw` with fractions and dead shares as the project's documentation prints
/// the deployed AMM. A product beyond 256 bits is an error here, where the contract may wrap.
public final class CrvUsdBands {
  /// The most bands of a loan.
  public static final int MAX_BANDS = 50;

  private static final BigInteger DEAD_SHARES = BigInteger.valueOf(1_000);

  /// One band and a loan's part of it.
  ///
  /// @param stablecoins x, 18 decimals
  /// @param collateral y, 18 decimals
  /// @param totalShares shares of the band
  /// @param shares the loan's
  public record Band(
      BigInteger stablecoins, BigInteger collateral, BigInteger totalShares, BigInteger shares) {}

  /// Divisors from 18 decimals to base units: `10^(18 - decimals)`.
  public record Precision(BigInteger stablecoins, BigInteger collateral) {
    /// Both tokens have 18 decimals.
    public static final Precision NONE = new Precision(BigInteger.ONE, BigInteger.ONE);
  }

  /// The AMM's state that a valuation needs.
  ///
  /// @param amplification A; a band is 1/A wide
  /// @param oracleWad the oracle's price
  /// @param firstUpperWad upper price of the loan's first band
  public record Amm(BigInteger amplification, BigInteger oracleWad, BigInteger firstUpperWad) {
    BigInteger below() {
      return amplification.subtract(BigInteger.ONE);
    }

    BigInteger bandRatio() {
      return divFloor(WAD.multiply(WAD).multiply(amplification), below()).sqrt();
    }
  }

  private CrvUsdBands() {}

  /// Stablecoins that a loan's bands give when the price goes down through them (the AMM's
  /// `get_x_down`), base units. Bands from the highest price to the lowest.
  ///
  /// @throws IllegalArgumentException if there are more than [#MAX_BANDS]
  /// @throws ArithmeticException if a price is 0 or a product does not fit
  public static BigInteger downValue(List<Band> bands, Amm amm, Precision precision) {
    bounded(bands);
    BigInteger sum = BigInteger.ZERO;
    BigInteger lower = amm.firstUpperWad();
    for (Band band : bands) {
      BigInteger upper = lower;
      lower = mulDivFloor(upper, amm.below(), amm.amplification());
      if (band.totalShares().signum() > 0
          && band.shares().signum() > 0
          && band.stablecoins().add(band.collateral()).signum() > 0) {
        BigInteger value = tradedDown(band, amm, upper, lower);
        sum = sum.add(mulDivFloor(value, band.shares(), band.totalShares()));
      }
    }
    return divFloor(sum, precision.stablecoins());
  }

  /// What is a loan's in its bands now.
  public static CrvUsd.Released holdings(List<Band> bands, Precision precision) {
    bounded(bands);
    BigInteger x = BigInteger.ZERO;
    BigInteger y = BigInteger.ZERO;
    for (Band band : bands) {
      x = x.add(mulDivFloor(band.stablecoins(), band.shares(), band.totalShares()));
      y = y.add(mulDivFloor(band.collateral(), band.shares(), band.totalShares()));
    }
    return new CrvUsd.Released(
        divFloor(x, precision.stablecoins()), divFloor(y, precision.collateral()));
  }

  /// What the withdrawal of a share of a loan's bands gives.
  ///
  /// @param shareWad at most 1e18
  public static CrvUsd.Released withdraw(
      List<Band> bands, BigInteger shareWad, Precision precision) {
    bounded(bands);
    BigInteger x = BigInteger.ZERO;
    BigInteger y = BigInteger.ZERO;
    for (Band band : bands) {
      BigInteger shares = mulDivFloor(shareWad, band.shares(), WAD);
      BigInteger total = band.totalShares().add(DEAD_SHARES);
      x = x.add(mulDivFloor(band.stablecoins().add(BigInteger.ONE), shares, total));
      y = y.add(mulDivFloor(band.collateral().add(BigInteger.ONE), shares, total));
    }
    return new CrvUsd.Released(
        divFloor(x, precision.stablecoins()), divFloor(y, precision.collateral()));
  }

  private static BigInteger tradedDown(Band band, Amm amm, BigInteger upper, BigInteger lower) {
    BigInteger x = band.stablecoins();
    BigInteger y = band.collateral();
    BigInteger p = amm.oracleWad();
    boolean above = p.compareTo(upper) > 0;
    boolean below = p.compareTo(lower) < 0;
    boolean one = x.signum() == 0 || y.signum() == 0;
    if (one && above) {
      BigInteger all = y.signum() == 0 ? mulDivFloor(x, WAD, middle(amm, lower)) : y;
      return mulDivFloor(all, upper, amm.bandRatio());
    }
    if (one && below) {
      return x.signum() == 0 ? mulDivFloor(y, middle(amm, lower), WAD) : x;
    }
    BigInteger root = root(band, amm, upper);
    BigInteger f = mulDivFloor(mulDivFloor(amm.amplification().multiply(root), p, upper), p, WAD);
    BigInteger g = mulDivFloor(amm.below().multiply(root), upper, p);
    BigInteger invariant = Uint.fit(f.add(x).multiply(g.add(y)));
    if (above) {
      BigInteger all = minusOrZero(divFloor(invariant, f), g);
      return mulDivFloor(all, upper, amm.bandRatio());
    }
    if (below) {
      return minusOrZero(divFloor(invariant, g), f);
    }
    BigInteger yThere = minusOrZero(mulDivFloor(invariant, WAD, p).sqrt(), g);
    BigInteger xThere = minusOrZero(divFloor(invariant, g.add(yThere)), f);
    return xThere.add(mulDivFloor(yThere, lower.multiply(p).sqrt(), WAD));
  }

  private static BigInteger middle(Amm amm, BigInteger lower) {
    BigInteger p = amm.oracleWad();
    BigInteger top = mulDivFloor(mulDivFloor(p, p, lower), p, lower);
    return mulDivFloor(top, amm.below(), amm.amplification());
  }

  /// y0: the collateral of a band without stablecoins whose price is both the oracle's and the
  /// band's upper one.
  private static BigInteger root(Band band, Amm amm, BigInteger upper) {
    BigInteger x = band.stablecoins();
    BigInteger y = band.collateral();
    BigInteger p = amm.oracleWad();
    BigInteger a = amm.amplification();
    BigInteger b = mulDivFloor(upper.multiply(amm.below()), x, p);
    b = b.add(mulDivFloor(mulDivFloor(a.multiply(p), p, upper), y, WAD));
    if (x.signum() == 0 || y.signum() == 0) {
      return mulDivFloor(b, WAD, a.multiply(p));
    }
    BigInteger four = a.multiply(p).shiftLeft(2);
    BigInteger discriminant = Uint.fit(b.multiply(b).add(mulDivFloor(four, y, WAD).multiply(x)));
    return mulDivFloor(b.add(discriminant.sqrt()), WAD, a.multiply(p).shiftLeft(1));
  }

  private static void bounded(List<Band> bands) {
    if (bands.size() > MAX_BANDS) {
      throw new IllegalArgumentException("at most " + MAX_BANDS + " bands in a loan");
    }
  }
}
