package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.MangoV4.Account;
import trimtab.rulebooks.derivatives.MangoV4.HealthKind;
import trimtab.rulebooks.derivatives.MangoV4.Perp;
import trimtab.rulebooks.derivatives.MangoV4.PerpTerms;
import trimtab.rulebooks.derivatives.MangoV4.Phase;
import trimtab.rulebooks.derivatives.MangoV4.Prices;
import trimtab.rulebooks.derivatives.MangoV4.Token;
import trimtab.rulebooks.derivatives.MangoV4.TokenTerms;
import trimtab.rulebooks.number.Fraction;
import trimtab.rulebooks.number.I80F48;

/// Health, trigger, phases and token exchanges of Mango v4.
class MangoV4Test {
  private static final HealthKind END = HealthKind.LIQUIDATION_END;

  static I80F48 number(String text) {
    return I80F48.of(Fraction.parse(text));
  }

  static Token token(String weight, String price, String balance) {
    I80F48 asset = number(weight);
    TokenTerms terms = TokenTerms.of(asset, I80F48.of(2).minus(asset), I80F48.ZERO, I80F48.ZERO);
    return new Token(terms, Prices.of(number(price)), number(balance));
  }

  static PerpTerms perpTerms(String baseWeight, String overallWeight, String profitFee) {
    I80F48 asset = number(baseWeight);
    I80F48 liability = I80F48.of(2).minus(asset);
    I80F48 overall = number(overallWeight);
    return new PerpTerms(
        asset,
        asset,
        liability,
        liability,
        overall,
        overall,
        1,
        I80F48.ZERO,
        I80F48.ZERO,
        number(profitFee));
  }

  static Perp perp(PerpTerms terms, int settleToken, long lots, String quote) {
    return new Perp(terms, settleToken, Prices.of(I80F48.ONE), lots, 0, 0, number(quote));
  }

  @Test
  void beginsStrictlyBelowZeroAndEndsStrictlyAboveMinusOne() {
    assertThat(MangoV4.isLiquidatable(only("0"), false)).isFalse();
    assertThat(MangoV4.isLiquidatable(only("-0.001"), false)).isTrue();

    assertThat(MangoV4.isLiquidatable(only("-1"), true)).isTrue();
    assertThat(MangoV4.hasRecovered(only("-1"))).isFalse();
    assertThat(MangoV4.isLiquidatable(only("-0.999"), true)).isFalse();
  }

  private static Account only(String balance) {
    return new Account(List.of(token("1", "1", balance)), List.of());
  }

  @Test
  void theStablePriceMovesInitialHealthAlone() {
    Prices prices = new Prices(number("1"), number("0.5"));
    PerpTerms terms = perpTerms("0.6", "1", "0");
    PerpTerms perp =
        new PerpTerms(
            number("0.8"),
            terms.initialBaseAssetWeight(),
            terms.maintenanceBaseLiabilityWeight(),
            terms.initialBaseLiabilityWeight(),
            I80F48.ONE,
            I80F48.ONE,
            1,
            I80F48.ZERO,
            I80F48.ZERO,
            I80F48.ZERO);
    Account account =
        new Account(
            List.of(token("1", "1", "5")),
            List.of(new Perp(perp, 0, prices, 30, 0, 0, number("-30"))));

    assertNear(MangoV4.health(account, HealthKind.INITIAL), "-16");
    assertNear(MangoV4.health(account, END), "-7");
    assertNear(MangoV4.health(account, HealthKind.MAINTENANCE), "-1");
    assertThat(MangoV4Perps.takeOver(account, 0, 100, 0).after().perps().getFirst().baseLots())
        .isEqualTo(12);
  }

  static void assertNear(I80F48 actual, String expected) {
    assertThat(actual.fraction().minus(Fraction.parse(expected)).abs())
        .as("%s near %s", actual, expected)
        .isLessThan(Fraction.parse("0.000001"));
  }

  @Test
  void ordersCountOnTheirWorseSide() {
    PerpTerms terms = perpTerms("0.5", "1", "0");
    Perp resting = new Perp(terms, 0, Prices.of(I80F48.ONE), 10, 6, 40, I80F48.ZERO);

    // all asks filled: 30 short at weight 1.5, 40 received
    assertThat(MangoV4.unweightedHealthPnl(resting, END)).isEqualTo(I80F48.of(-5));
    assertThat(MangoV4.unweightedHealthPnl(perp(terms, 0, 10, "0"), END)).isEqualTo(I80F48.of(5));
  }

  @Test
  void untrustedProfitsDoNotCountAndLossesDo() {
    PerpTerms untrusted = perpTerms("0.5", "0", "0");

    assertThat(MangoV4.healthPnl(perp(untrusted, 0, 10, "0"), END)).isEqualTo(I80F48.ZERO);
    assertThat(MangoV4.healthPnl(perp(untrusted, 0, 10, "-9"), END)).isEqualTo(I80F48.of(-4));
  }

  @Test
  void phasesFollowOneAnother() {
    PerpTerms terms = perpTerms("0.5", "0.5", "0");
    Token deposit = token("0.8", "1", "5");
    Token borrow = token("0.8", "1", "-9");

    assertThat(MangoV4.phase(new Account(List.of(deposit), List.of()), true))
        .isEqualTo(Phase.ORDERS);
    assertThat(MangoV4.phase(new Account(List.of(deposit, borrow), List.of()), false))
        .isEqualTo(Phase.POSITIONS);
    Account dust = new Account(List.of(token("0.8", "1", "0.9"), borrow), List.of());
    assertThat(MangoV4.phase(dust, false)).isEqualTo(Phase.BANKRUPTCY);
    Account base = new Account(List.of(borrow), List.of(perp(terms, 0, 1, "-3")));
    assertThat(MangoV4.phase(base, false)).isEqualTo(Phase.POSITIONS);
    Account loss = new Account(List.of(deposit), List.of(perp(terms, 0, 0, "-3")));
    assertThat(MangoV4.phase(loss, false)).isEqualTo(Phase.BANKRUPTCY);
    assertThat(MangoV4.phase(new Account(List.of(deposit), List.of()), false))
        .isEqualTo(Phase.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void givingTheAmountBringsHealthToZero(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_000; i++) {
      I80F48 balance = I80F48.of(random.nextLong(-1_000_000, 1_000_000));
      I80F48 others = I80F48.of(random.nextLong(-1_000_000, 1_000_000));
      Token token = token("0.8", "3", "0");
      I80F48 health = contribution(token, balance).plus(others);

      I80F48 given =
          MangoV4.amountGivenForHealthZero(
              health, balance, token.assetValue(END), token.liabilityValue(END));

      if (health.signum() >= 0) {
        assertThat(given).isEqualTo(I80F48.ZERO);
      } else {
        assertNear(contribution(token, balance.plus(given)).plus(others), "0");
      }
    }
  }

  private static I80F48 contribution(Token token, I80F48 balance) {
    return balance.times(balance.signum() < 0 ? token.liabilityValue(END) : token.assetValue(END));
  }

  @Test
  void weightsAreScaledByWhatTheExchangeHolds() {
    Fraction start = Fraction.of(505);

    assertThat(MangoV4.scaledAssetWeight(I80F48.ONE, Fraction.of(1_010), start))
        .isEqualTo(number("0.5"));
    assertThat(MangoV4.scaledAssetWeight(I80F48.ONE, start, start)).isEqualTo(I80F48.ONE);
    assertThat(
            MangoV4.scaledLiabilityWeight(
                number("1.4"), Fraction.parse("11.25"), Fraction.parse("3.75")))
        .isEqualTo(number("1.4").times(I80F48.of(3)));
    assertThat(MangoV4.scaledLiabilityWeight(I80F48.ONE, Fraction.ONE, Fraction.ZERO))
        .isEqualTo(I80F48.MAX);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void exchangesRaiseHealthToZeroAndNotAbove(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int restored = 0;
    for (int i = 0; i < 1_000; i++) {
      Account account =
          new Account(
              List.of(
                  priced(random, "0.8", random.nextLong(1, 1_000_000)),
                  priced(random, "0.8", -random.nextLong(1, 1_000_000)),
                  priced(random, "1", random.nextLong(-100_000, 100_000))),
              List.of());
      I80F48 before = MangoV4.health(account, END);
      if (before.signum() >= 0) {
        continue;
      }

      MangoV4Tokens.Exchanged exchanged =
          (MangoV4Tokens.Exchanged)
              MangoV4Tokens.exchange(account, 0, 1, I80F48.of(random.nextLong(1, 2_000_000)));

      I80F48 after = MangoV4.health(exchanged.after(), END);
      // what dust is swept is worth at most a unit, here 100
      assertThat(after.plus(I80F48.of(100))).isGreaterThan(before);
      assertThat(after).isLessThan(number("0.001"));
      assertThat(exchanged.assetFromAccount())
          .isEqualTo(exchanged.assetToLiquidator().plus(exchanged.platformFee()));
      assertThat(exchanged.platformFee().signum()).isNotNegative();
      if (after.plus(number("0.001")).signum() >= 0) {
        restored++;
      }
    }
    assertThat(restored).isGreaterThan(50);
  }

  private static Token priced(SplittableRandom random, String weight, long balance) {
    I80F48 asset = number(weight);
    TokenTerms terms =
        TokenTerms.of(asset, I80F48.of(2).minus(asset), number("0.02"), number("0.01"));
    return new Token(terms, Prices.of(I80F48.of(random.nextLong(1, 100))), I80F48.of(balance));
  }

  @Test
  void exchangesAreRefusedWhenPerpsLeaveNothing() {
    PerpTerms terms = perpTerms("0.5", "0.5", "0");

    assertThat(refusal("0", "0", "-1", "0", terms)).isEqualTo(MangoV4Tokens.Refusal.NO_DEPOSIT);
    assertThat(refusal("1", "0", "0", "-9", terms)).isEqualTo(MangoV4Tokens.Refusal.NO_BORROW);
    assertThat(refusal("1", "0", "-1", "2", terms))
        .isEqualTo(MangoV4Tokens.Refusal.NO_LIABILITY_LEFT);
    assertThat(refusal("100", "-100", "-1", "0", terms))
        .isEqualTo(MangoV4Tokens.Refusal.NO_ASSET_LEFT);
  }

  private static MangoV4Tokens.Refusal refusal(
      String asset, String assetPerp, String liability, String liabilityPerp, PerpTerms terms) {
    Account account =
        new Account(
            List.of(token("0.8", "1", asset), token("0.8", "1", liability)),
            List.of(perp(terms, 0, 0, assetPerp), perp(terms, 1, 0, liabilityPerp)));
    return switch (MangoV4Tokens.exchange(account, 0, 1, I80F48.of(100))) {
      case MangoV4Tokens.Refused(MangoV4Tokens.Refusal refusal) -> refusal;
      case MangoV4Tokens.Exchanged exchanged ->
          throw new AssertionError("not refused: " + exchanged);
    };
  }

  @Test
  void perpsOutweighingPartOfABorrowLeaveTheRest() {
    PerpTerms terms = perpTerms("0.5", "0.5", "0");
    Account account =
        new Account(
            List.of(token("0.8", "1", "5"), token("0.8", "1", "-9")),
            List.of(perp(terms, 0, 0, "14")));

    MangoV4Tokens.Exchanged exchanged =
        (MangoV4Tokens.Exchanged) MangoV4Tokens.exchange(account, 0, 1, I80F48.of(100));

    assertNear(exchanged.after().tokens().get(0).balance(), "2");
    assertNear(exchanged.after().tokens().get(1).balance(), "-6");
  }

  @Test
  void feesMultiplyAndSplit() {
    TokenTerms terms = TokenTerms.of(I80F48.ONE, I80F48.ONE, number("0.5"), number("0.25"));

    assertThat(MangoV4Tokens.feeFactor(terms, terms, false)).isEqualTo(number("2.25"));
    assertThat(MangoV4Tokens.feeFactor(terms, terms, true)).isEqualTo(number("3.0625"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void storedBalancesRoundInTheUsersFavour(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Fraction step = Fraction.parse("0.000001");
    for (int i = 0; i < 1_000; i++) {
      I80F48 amount = number("%d.%03d".formatted(random.nextInt(-99, 99), random.nextInt(1_000)));

      Fraction gained = MangoV4.stored(amount, MangoV4.INDEX_START).minus(amount).fraction();

      assertThat(gained).isGreaterThanOrEqualTo(Fraction.ZERO).isLessThan(step);
    }
    assertThat(MangoV4.stored(I80F48.of(100), MangoV4.INDEX_START)).isGreaterThan(I80F48.of(100));
  }

  @Test
  void dustIsSweptBelowOneUnit() {
    assertThat(MangoV4.dusted(number("0.999"))).isEqualTo(I80F48.ZERO);
    assertThat(MangoV4.dusted(I80F48.ONE)).isEqualTo(I80F48.ONE);
    assertThat(MangoV4.dusted(number("-0.5"))).isEqualTo(number("-0.5"));
  }

  @Test
  void perpsMustSettleInATokenThatIsThere() {
    assertThatThrownBy(
            () -> new Account(List.of(), List.of(perp(perpTerms("1", "1", "0"), 0, 0, "0"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
