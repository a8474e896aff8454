package trimtab.rulebooks.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.Fit;
import trimtab.rulebooks.VenueRulebook;
import trimtab.rulebooks.derivatives.GmxV2;
import trimtab.rulebooks.derivatives.GmxV2.Pool;
import trimtab.rulebooks.derivatives.GmxV2.Price;
import trimtab.rulebooks.derivatives.SynthetixV3;
import trimtab.rulebooks.derivatives.SynthetixV3.Market;
import trimtab.rulebooks.number.Fraction;

/// The figures of Synthetix v3 and GMX v2, which take positions into a pool and close nothing here.
class PoolVenuesRulebookTest {
  private static final SynthetixV3Rulebook SYNTHETIX = SynthetixV3Rulebook.DEFAULT;
  private static final GmxV2Rulebook GMX = GmxV2Rulebook.DEFAULT;

  private static BigInteger big(long value, int decimals) {
    return BigInteger.valueOf(value).multiply(BigInteger.TEN.pow(decimals));
  }

  private static Map<String, String> figures(VenueRulebook rulebook, CrossDraw drawn) {
    return rulebook.figures(drawn.situation(rulebook)).stream()
        .collect(Collectors.toMap(Figure::name, Figure::value));
  }

  @Test
  void noAccountFitsAndTheReasonIsSaid() {
    Account account = CrossDraw.perps(new SplittableRandom(1)).account();
    for (VenueRulebook rulebook : List.of(SYNTHETIX, GMX)) {
      assertThat(rulebook.fits(account, CrossDraw.LISTING))
          .isEqualTo(new Fit.Misfit(rulebook.misfit().orElseThrow()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void synthetixFiguresAreTheVenuesFunctions(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100; i++) {
      CrossDraw drawn = CrossDraw.perps(random);
      Map<String, String> figures = figures(SYNTHETIX, drawn);
      Position eth = drawn.account().positions().getFirst();
      BigInteger size = big(eth.quantity(), 14);
      BigInteger price = big(drawn.marks().price(CrossDraw.ETH), 16);
      assertThat(figures.get("ETHUSDT maintenance margin"))
          .isEqualTo(
              d18(SynthetixV3.margins(size, price, Market.DEFAULT).maintenanceD18()).toString());
      BigInteger cap = SynthetixV3.windowCap(Market.DEFAULT);
      assertThat(figures.get("ETHUSDT closed now")).isEqualTo(d18(size.abs().min(cap)).toString());
      assertThat(figures.get("ETHUSDT capacity then"))
          .isEqualTo(d18(cap.subtract(size.abs().min(cap))).toString());
    }
  }

  private static Fraction d18(BigInteger value) {
    return new Fraction(value, BigInteger.TEN.pow(18));
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void gmxFiguresAreTheVenuesFunctions(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int liquidated = 0;
    for (int i = 0; i < 200; i++) {
      CrossDraw drawn = CrossDraw.perps(random);
      Map<String, String> figures = figures(GMX, drawn);
      Balance usd = drawn.account().balances().getFirst();
      if (drawn.account().positionCount() > 1 || usd.amount() < 0) {
        assertThat(figures).isEmpty();
        continue;
      }
      Position eth = drawn.account().positions().getFirst();
      GmxV2.Test test =
          GmxV2.test(
              new GmxV2.Position(
                  eth.quantity() > 0,
                  big(Math.abs(eth.cost()), 22),
                  BigInteger.valueOf(Math.abs(eth.quantity())),
                  BigInteger.valueOf(usd.amount())),
              Price.of(big(drawn.marks().price(CrossDraw.ETH), 24)),
              Price.of(big(1, 22)),
              BigInteger.ZERO,
              BigInteger.ZERO,
              new Pool(BigInteger.ZERO, BigInteger.ZERO),
              true,
              GmxV2.Parameters.DEFAULT);
      assertThat(figures.get("remaining collateral"))
          .isEqualTo(new Fraction(test.remainingUsd1e30(), BigInteger.TEN.pow(30)).toString());
      boolean healthy = test.verdict() == GmxV2.Verdict.HEALTHY;
      assertThat(figures.containsKey("liquidation fee")).isEqualTo(!healthy);
      liquidated += healthy ? 0 : 1;
    }
    assertThat(liquidated).isGreaterThan(5);
  }

  /// 20 ETH at 5,000, now at 6,000, in a pool whose longs have earned nine tenths of it.
  @Test
  void gmxDeleveragesWhileProfitsOutgrowThePool() {
    CrossDraw drawn =
        new CrossDraw(
            new Account(
                "winner",
                List.of(new Balance(CrossDraw.USD, 1_000_000_000_000L, 0)),
                List.of(new Position(CrossDraw.ETH, 200_000, 10_000_000_000_000L))),
            Marks.of(0, 600_000, 1_000_000));
    GmxV2Rulebook rich = GMX.with(Map.of("sidePnlUsd", "90000", "poolUsd", "100000"));

    assertThat(figures(rich, drawn))
        .containsEntry("profits over pool", "0.9")
        .containsEntry("may be deleveraged", "yes")
        .containsEntry("profits over pool without the position", "0.875")
        .containsEntry("deleveraging the position whole", "valid");
    assertThat(figures(GMX, drawn))
        .containsEntry("deleveraging the position whole", "not required");
  }

  @Test
  void constantsKeepWithinTheirBounds() {
    assertThatThrownBy(() -> SYNTHETIX.with(Map.of("makerFee", "-1")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GMX.with(Map.of("poolUsd", "-1")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(GMX.with(Map.of("sidePnlUsd", "-1")).constants().text("sidePnlUsd")).isEqualTo("-1");
  }
}
