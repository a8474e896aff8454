package trimtab.rulebooks.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimtab.rulebooks.lending.SeededNumbers.big;
import static trimtab.rulebooks.lending.SeededNumbers.wad;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.lending.CrvUsd.Released;
import trimtab.rulebooks.lending.CrvUsdBands.Amm;
import trimtab.rulebooks.lending.CrvUsdBands.Band;
import trimtab.rulebooks.lending.CrvUsdBands.Precision;

class CrvUsdBandsTest {
  private static final int ROUNDS = 300;
  private static final BigInteger A = BigInteger.valueOf(100);
  private static final BigInteger UPPER = wad("2000");
  private static final MathContext FINE = new MathContext(70);

  private static Band own(BigInteger x, BigInteger y) {
    return new Band(x, y, wad("1"), wad("1"));
  }

  private static BigInteger value(Band band, BigInteger price) {
    return CrvUsdBands.downValue(List.of(band), new Amm(A, price, UPPER), Precision.NONE);
  }

  @Test
  void onlyOneTokenOutsideTheBand() {
    Band collateral = own(BigInteger.ZERO, wad("3"));
    Band stablecoins = own(wad("500"), BigInteger.ZERO);
    assertThat(value(stablecoins, wad("1900"))).isEqualTo(wad("500"));
    BigDecimal mean = new BigDecimal("6000").multiply(new BigDecimal("0.99").sqrt(FINE), FINE);
    assertThat(new BigDecimal(value(collateral, wad("2500")), 18).subtract(mean).abs())
        .isLessThan(new BigDecimal("1e-13"));
    BigDecimal middle =
        new BigDecimal("1900")
            .pow(3)
            .multiply(new BigDecimal("0.99"))
            .multiply(new BigDecimal("3"))
            .divide(new BigDecimal("1980").pow(2), FINE);
    assertThat(new BigDecimal(value(collateral, wad("1900")), 18).subtract(middle).abs())
        .isLessThan(new BigDecimal("1e-13"));
  }

  @Test
  void worthDoesNotJumpAtTheUpperEdge() {
    Band collateral = own(BigInteger.ZERO, wad("3"));
    BigInteger at = value(collateral, UPPER);
    BigInteger above = value(collateral, UPPER.add(BigInteger.ONE));
    assertThat(at.subtract(above).abs()).isLessThan(big("1e6"));
    Band both = own(wad("50"), wad("2"));
    assertThat(value(both, UPPER).subtract(value(both, UPPER.add(BigInteger.ONE))).abs())
        .isLessThan(big("1e6"));
    BigInteger lower = wad("1980");
    assertThat(value(both, lower).subtract(value(both, lower.subtract(BigInteger.ONE))).abs())
        .isLessThan(big("1e6"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void inAndAroundTheBandItIsTheInvariants(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    int[] seen = new int[3];
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger x = numbers.evenly("1e18", "1e24");
      BigInteger y = numbers.evenly("1e18", "1e21");
      BigInteger p = numbers.evenly(wad("1960"), wad("2020"));
      BigDecimal twin = twin(new BigDecimal(x, 18), new BigDecimal(y, 18), new BigDecimal(p, 18));
      BigDecimal actual = new BigDecimal(value(own(x, y), p), 18);
      BigDecimal off = twin.subtract(actual).abs().divide(twin, FINE);
      assertThat(off).as("x %s y %s p %s", x, y, p).isLessThan(new BigDecimal("1e-14"));
      seen[p.compareTo(UPPER) > 0 ? 2 : p.compareTo(wad("1980")) < 0 ? 0 : 1]++;
    }
    assertThat(seen).doesNotContain(0);
  }

  private static BigDecimal twin(BigDecimal x, BigDecimal y, BigDecimal p) {
    BigDecimal up = new BigDecimal("2000");
    BigDecimal down = new BigDecimal("1980");
    BigDecimal a = new BigDecimal("100");
    BigDecimal less = new BigDecimal("99");
    BigDecimal b =
        up.multiply(less)
            .multiply(x)
            .divide(p, FINE)
            .add(p.pow(2).multiply(a).multiply(y).divide(up, FINE));
    BigDecimal four = new BigDecimal("4").multiply(p).multiply(a).multiply(x).multiply(y);
    BigDecimal root =
        b.add(b.pow(2).add(four).sqrt(FINE)).divide(p.multiply(a).multiply(BigDecimal.TWO), FINE);
    BigDecimal f = a.multiply(root).multiply(p.pow(2)).divide(up, FINE);
    BigDecimal g = less.multiply(root).multiply(up).divide(p, FINE);
    BigDecimal invariant = f.add(x).multiply(g.add(y));
    if (p.compareTo(up) > 0) {
      BigDecimal ratio = a.divide(less, FINE).sqrt(FINE);
      return invariant.divide(f, FINE).subtract(g).multiply(up).divide(ratio, FINE);
    }
    if (p.compareTo(down) < 0) {
      return invariant.divide(g, FINE).subtract(f);
    }
    BigDecimal there = invariant.divide(p, FINE).sqrt(FINE).subtract(g);
    BigDecimal stable = invariant.divide(g.add(there), FINE).subtract(f);
    return stable.add(there.multiply(down.multiply(p).sqrt(FINE)));
  }

  @Test
  void nextBandsAreLowerAndEmptyOnesAreWorthNothing() {
    Band full = own(BigInteger.ZERO, wad("3"));
    Band empty = own(BigInteger.ZERO, BigInteger.ZERO);
    Band foreign = new Band(BigInteger.ZERO, wad("3"), wad("1"), BigInteger.ZERO);
    Amm amm = new Amm(A, wad("2500"), UPPER);
    BigInteger first = CrvUsdBands.downValue(List.of(full), amm, Precision.NONE);
    BigInteger second = CrvUsdBands.downValue(List.of(empty, full), amm, Precision.NONE);
    BigInteger least = first.multiply(big("98")).divide(big("100"));
    assertThat(second).isLessThan(first).isGreaterThan(least);
    assertThat(CrvUsdBands.downValue(List.of(foreign, full), amm, Precision.NONE))
        .isEqualTo(second);
    Precision six = new Precision(big("1e12"), BigInteger.ONE);
    assertThat(CrvUsdBands.downValue(List.of(full), amm, six)).isEqualTo(first.divide(big("1e12")));
    List<Band> many = Collections.nCopies(CrvUsdBands.MAX_BANDS + 1, empty);
    assertThatThrownBy(() -> CrvUsdBands.downValue(many, amm, Precision.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void withdrawalsAreRoundedDownAndNeverMoreThanTheLoans(long seed) {
    SeededNumbers numbers = new SeededNumbers(seed);
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger total = numbers.between("1000", "1e24");
      Band band =
          new Band(
              numbers.between("0", "1e24"),
              numbers.between("0", "1e24"),
              total,
              numbers.between(BigInteger.ONE, total));
      BigInteger share = numbers.between("0", "1e18");
      Released part = CrvUsdBands.withdraw(List.of(band, band), share, Precision.NONE);
      BigInteger shares = share.multiply(band.shares()).divide(wad("1"));
      BigInteger shares1000 = total.add(big("1000"));
      BigInteger x = band.stablecoins().add(BigInteger.ONE).multiply(shares).divide(shares1000);
      assertThat(part.stablecoins()).isEqualTo(x.shiftLeft(1));
      Released held = CrvUsdBands.holdings(List.of(band, band), Precision.NONE);
      Released all = CrvUsdBands.withdraw(List.of(band, band), wad("1"), Precision.NONE);
      assertThat(all.stablecoins()).isBetween(part.stablecoins(), held.stablecoins().add(big("2")));
      assertThat(all.collateral()).isBetween(part.collateral(), held.collateral().add(big("2")));
      Precision six = new Precision(big("1e12"), big("1e10"));
      Released coarse = CrvUsdBands.withdraw(List.of(band, band), wad("1"), six);
      assertThat(coarse.stablecoins()).isEqualTo(all.stablecoins().divide(big("1e12")));
      assertThat(coarse.collateral()).isEqualTo(all.collateral().divide(big("1e10")));
    }
  }
}
