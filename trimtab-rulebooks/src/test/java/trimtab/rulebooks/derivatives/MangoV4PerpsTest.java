package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimtab.rulebooks.derivatives.MangoV4Test.assertNear;
import static trimtab.rulebooks.derivatives.MangoV4Test.number;
import static trimtab.rulebooks.derivatives.MangoV4Test.perp;
import static trimtab.rulebooks.derivatives.MangoV4Test.perpTerms;
import static trimtab.rulebooks.derivatives.MangoV4Test.token;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.MangoV4.Account;
import trimtab.rulebooks.derivatives.MangoV4.HealthKind;
import trimtab.rulebooks.derivatives.MangoV4.Perp;
import trimtab.rulebooks.derivatives.MangoV4.PerpTerms;
import trimtab.rulebooks.derivatives.MangoV4.Token;
import trimtab.rulebooks.derivatives.MangoV4Bankruptcy.PerpResolution;
import trimtab.rulebooks.derivatives.MangoV4Perps.Takeover;
import trimtab.rulebooks.number.I80F48;

/// Takeovers of perps and the resolution of bad debt in Mango v4.
class MangoV4PerpsTest {
  private static final HealthKind END = HealthKind.LIQUIDATION_END;

  private static Account account(
      PerpTerms terms, String settle, long lots, String quote, String other) {
    return new Account(
        List.of(token("1", "1", settle), token("1", "1", other)),
        List.of(perp(terms, 0, lots, quote)));
  }

  /// The venue's further cases: weight of profits, fee, account, limits, account after.
  @ParameterizedTest
  @CsvSource({
    "0.8, 0,    -20, 20,   5,  0, 100, 100,    0, 10,  -5",
    "0.5, 0,    -19, 20,  10,  0, 100, 100,   -1, 20,  -8",
    "0.5, 0,    -25, 20,  10,  0,   2, 100,   -4, 18,  -9",
    "0.5, 0,    -25, 20,  10,  0,   4,  21,   -4, 16,  -7",
    "0,   0,    -20, 20,  10,  0,  10,   5,  -15, 20,   5",
    "0,   0,     -7, 60, -20, -3, 200, 200,    3, 60, -30",
    "0.5, 0.25,  -7, 70, -30,  4,  60,  20, -5.5, 70, -32",
  })
  void takesOverAsTheVenuesTestsSay(
      String overall,
      String fee,
      String settle,
      long lots,
      String quote,
      String other,
      long baseMax,
      long pnlMax,
      String settleAfter,
      long lotsAfter,
      String quoteAfter) {
    Account account = account(perpTerms("0.5", overall, fee), settle, lots, quote, other);

    Account after = MangoV4Perps.takeOver(account, 0, baseMax, pnlMax).after();

    assertNear(after.tokens().getFirst().balance(), settleAfter);
    assertThat(after.perps().getFirst().baseLots()).isEqualTo(lotsAfter);
    assertNear(after.perps().getFirst().quote(), quoteAfter);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void takeoversRaiseHealthKeepWithinLimitsAndConserve(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int partial = 0;
    for (int i = 0; i < 1_000; i++) {
      PerpTerms terms = drawnTerms(random);
      long lots = random.nextLong(-1_000, 1_000);
      Account account =
          account(
              terms,
              String.valueOf(random.nextLong(-2_000, 2_000)),
              lots,
              String.valueOf(random.nextLong(-2_000, 2_000)),
              String.valueOf(random.nextLong(-500, 500)));
      long baseMax = Long.signum(lots) * random.nextLong(0, 1_500);
      long pnlMax = random.nextLong(0, 1_500);
      I80F48 before = MangoV4.health(account, END);

      Takeover takeover = MangoV4Perps.takeOver(account, 0, baseMax, pnlMax);

      I80F48 after = MangoV4.health(takeover.after(), END);
      assertThat(after.plus(number("0.000001"))).isGreaterThanOrEqualTo(before);
      long closed = Math.abs(takeover.baseLots());
      assertThat(closed).isLessThanOrEqualTo(Math.min(Math.abs(lots), Math.abs(baseMax)));
      assertThat(Long.signum(takeover.baseLots())).isIn(0, -Long.signum(lots));
      assertThat(takeover.pnlTransfer()).isBetween(I80F48.ZERO, I80F48.of(pnlMax));
      assertThat(takeover.quoteToAccount().plus(takeover.quoteToLiquidator()))
          .isEqualTo(takeover.platformFee().negate());
      assertThat(takeover.platformFee().signum()).isNotNegative();
      if (before.signum() >= 0) {
        assertThat(closed).isZero();
      }
      if (closed > 0 && closed < Math.abs(lots)) {
        partial++;
      }
    }
    assertThat(partial).isGreaterThan(50);
  }

  private static PerpTerms drawnTerms(SplittableRandom random) {
    PerpTerms terms =
        perpTerms("0.5", random.nextBoolean() ? "0.5" : "0", random.nextBoolean() ? "0" : "0.25");
    return new PerpTerms(
        terms.maintenanceBaseAssetWeight(),
        terms.initialBaseAssetWeight(),
        terms.maintenanceBaseLiabilityWeight(),
        terms.initialBaseLiabilityWeight(),
        terms.maintenanceOverallAssetWeight(),
        terms.initialOverallAssetWeight(),
        random.nextLong(1, 4),
        number("0.0625"),
        number("0.03125"),
        terms.profitLiquidationFee());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void oneLotLessWouldNotRestoreALoss(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int seen = 0;
    for (int i = 0; i < 500; i++) {
      long lots = random.nextLong(10, 1_000);
      long deposit = random.nextLong(0, 400);
      Account account =
          account(
              perpTerms("0.75", "0", "0"),
              String.valueOf(deposit),
              lots,
              String.valueOf(-lots - random.nextLong(0, 50)),
              "0");
      Takeover takeover = MangoV4Perps.takeOver(account, 0, lots, 0);
      long closed = -takeover.baseLots();
      if (closed == 0 || closed == lots) {
        continue;
      }
      seen++;
      assertThat(MangoV4.health(takeover.after(), END).signum()).isNotNegative();
      Account less = MangoV4Perps.takeOver(account, 0, closed - 1, 0).after();
      assertThat(MangoV4.health(less, END).signum()).isNegative();
    }
    assertThat(seen).isGreaterThan(50);
  }

  @Test
  void closingMustHelpAndLimitsMustFit() {
    Account useless = account(perpTerms("1", "0", "0"), "-5", 10, "-20", "0");
    assertThatThrownBy(() -> MangoV4Perps.takeOver(useless, 0, 10, 0))
        .isInstanceOf(ArithmeticException.class);
    Account ok = account(perpTerms("0.5", "0", "0"), "-5", 10, "-20", "0");
    assertThatThrownBy(() -> MangoV4Perps.takeOver(ok, 0, -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MangoV4Perps.takeOver(ok, 0, 1, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// The venue's cases of bad debt: prices, account, vault, limits; account after, payments.
  @ParameterizedTest
  @CsvSource({
    "2, 3, 40, -50, -36,    6, 100,  10,     30,    -40,    10,    0,  0,    0",
    "2, 3, 40, -50, -36,  100, 100,  29,     20,    -21,    20,    6,  9,    0",
    "2, 3, 40, -50, -36,  100,  10,  19,     30,    -31,    10,    6,  9,    0",
    "2, 3,  5, -20,  30,    0, 100, 100, -13.63,      0, 18.63,    0,  0, 1.36",
    "2, 1,  0,  -5, 2.2,    0,   0,   0,      0,     -1,     0,    0,  0,    4",
    "2, 1,  4,  -5, -3.6,   0,   0, 100,      4,     -2,     0,    0,  0,    3",
    "2, 3, 40, -50, -36,    6,   0, 100,     40,    -20,     0,    6,  9,   21",
    "2, 3, 40, -50, -36,    6,   0,   3,     40,    -47,     0,    2,  3,    0",
    "2, 3, 40, -50, -36, 1000,   0, 100,     40,    -20,     0,   20, 30,    0",
    "2, 3, 40, -50, -36,    6, 100,  40,     20,      0,    20,    6,  9,   21",
    "2, 3, 10, -50,   9,    6, 100,  40,   -4.1,      0,  14.1,    6,  9, 26.9",
  })
  void resolvesBadDebtAsTheVenuesTestsSay(
      String settlePrice,
      String insurancePrice,
      String settle,
      String loss,
      String other,
      long vault,
      long settleLimit,
      long lossMax,
      String settleAfter,
      String lossAfter,
      String settlement,
      long payment,
      String insured,
      String socialised) {
    Account account =
        new Account(
            List.of(stored(token("0.9", settlePrice, settle)), stored(token("1", "1", other))),
            List.of(perp(perpTerms("0.8", "0", "0"), 0, 0, loss)));

    PerpResolution resolution =
        MangoV4Bankruptcy.resolvePerp(
            account,
            0,
            I80F48.of(settleLimit),
            lossMax,
            BigInteger.valueOf(vault),
            number(insurancePrice));

    assertClose(resolution.after().tokens().getFirst().balance(), settleAfter);
    Perp after = resolution.after().perps().getFirst();
    assertClose(after.quote(), lossAfter);
    assertClose(resolution.settlement(), settlement);
    assertThat(resolution.insurancePayment()).isEqualTo(payment);
    assertClose(resolution.insuredLoss(), insured);
    assertClose(resolution.socialised(), socialised);
    assertThat(
            number(loss)
                .plus(resolution.settlement())
                .plus(resolution.insuredLoss())
                .plus(resolution.socialised()))
        .isEqualTo(after.quote());
  }

  private static Token stored(Token token) {
    I80F48 balance = MangoV4.stored(token.balance(), MangoV4.INDEX_START);
    return new Token(token.terms(), token.prices(), balance);
  }

  private static void assertClose(I80F48 actual, String expected) {
    assertThat(actual.minus(number(expected)).max(number(expected).minus(actual)))
        .as("%s near %s", actual, expected)
        .isLessThan(number("0.01"));
  }

  @Test
  void thereMustBeALossWithoutBase() {
    PerpTerms terms = perpTerms("0.8", "0", "0");
    assertThatThrownBy(() -> resolve(account(terms, "0", 0, "0", "0")))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> resolve(account(terms, "0", 1, "-5", "0")))
        .isInstanceOf(ArithmeticException.class);
  }

  private static PerpResolution resolve(Account account) {
    return MangoV4Bankruptcy.resolvePerp(account, 0, I80F48.ZERO, 10, BigInteger.ZERO, I80F48.ONE);
  }

  @Test
  void borrowsAreInsuredUpwardThenSocialised() {
    Account account = new Account(List.of(token("1", "20", "-3.01")), List.of());

    MangoV4Bankruptcy.TokenResolution rich =
        MangoV4Bankruptcy.resolveToken(
            account, 0, I80F48.of(10), BigInteger.valueOf(1_000), I80F48.of(2), false);
    // 3.01 x 20 / 2 = 30.1
    assertThat(rich.insurancePayment()).isEqualTo(31);
    assertThat(rich.socialised()).isEqualTo(I80F48.ZERO);
    assertThat(rich.after().tokens().getFirst().balance()).isEqualTo(I80F48.ZERO);

    MangoV4Bankruptcy.TokenResolution poor =
        MangoV4Bankruptcy.resolveToken(
            account, 0, I80F48.of(10), BigInteger.TEN, I80F48.of(2), false);
    assertThat(poor.insurancePayment()).isEqualTo(10);
    assertNear(poor.insured(), "1");
    assertNear(poor.socialised(), "2.01");
    assertThat(poor.after().tokens().getFirst().balance()).isEqualTo(I80F48.ZERO);

    MangoV4Bankruptcy.TokenResolution limited =
        MangoV4Bankruptcy.resolveToken(
            account, 0, I80F48.ONE, BigInteger.valueOf(1_000), I80F48.of(2), false);
    assertThat(limited.insurancePayment()).isEqualTo(10);
    assertThat(limited.socialised()).isEqualTo(I80F48.ZERO);
  }

  @Test
  void lossesAreSpreadOverOpenInterestAndDeposits() {
    assertThat(MangoV4Bankruptcy.fundingDelta(I80F48.of(9), 4)).isEqualTo(number("2.25"));
    assertThat(MangoV4Bankruptcy.fundingDelta(I80F48.of(9), 0)).isEqualTo(I80F48.ZERO);
    assertThat(MangoV4Bankruptcy.depositIndexAfter(I80F48.of(2), I80F48.of(5), I80F48.of(20)))
        .isEqualTo(number("1.75"));
  }
}
