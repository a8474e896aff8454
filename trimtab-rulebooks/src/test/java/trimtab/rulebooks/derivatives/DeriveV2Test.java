package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static trimtab.rulebooks.number.Uint.WAD;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.DeriveV2.Account;
import trimtab.rulebooks.derivatives.DeriveV2.Bid;
import trimtab.rulebooks.derivatives.DeriveV2.Outcome;
import trimtab.rulebooks.derivatives.DeriveV2.Parameters;
import trimtab.rulebooks.derivatives.DeriveV2.Payout;
import trimtab.rulebooks.derivatives.DeriveV2.Refusal;
import trimtab.rulebooks.derivatives.DeriveV2.Refused;
import trimtab.rulebooks.number.Fraction;

class DeriveV2Test {
  private static final Fraction UNIT = new Fraction(BigInteger.ONE, WAD);
  private static final Parameters TEST =
      new Parameters(
          WAD,
          wad("0.8"),
          seconds(600),
          seconds(7_200),
          seconds(600),
          wad("0.1"),
          wad("0.1"),
          BigInteger.ZERO);

  private static BigInteger wad(String text) {
    return new BigDecimal(text).movePointRight(18).toBigIntegerExact();
  }

  private static BigInteger seconds(long seconds) {
    return BigInteger.valueOf(seconds);
  }

  private static Fraction of(BigInteger wad) {
    return new Fraction(wad, WAD);
  }

  private static BigInteger amount(SplittableRandom random, long low, long high) {
    BigInteger whole = BigInteger.valueOf(random.nextLong(low, high)).multiply(WAD);
    return whole.add(BigInteger.valueOf(random.nextLong(1_000_000_000_000_000_000L)));
  }

  private static Account account(String mtm, String mm) {
    return new Account(wad(mtm), wad(mm), BigInteger.ZERO);
  }

  @Test
  void auctionsStartStrictlyBelowZero() {
    assertThat(DeriveV2.isStartable(BigInteger.ZERO)).isFalse();
    assertThat(DeriveV2.isStartable(BigInteger.ONE.negate())).isTrue();
    assertThat(DeriveV2.startsSolvent(BigInteger.ZERO)).isFalse();
    assertThat(DeriveV2.startsSolvent(BigInteger.ONE)).isTrue();
    assertThat(DeriveV2.startFee(BigInteger.ZERO, wad("-100"), TEST)).isZero();
  }

  @Test
  void onlyAScenarioThatIsStrictlyWorseReplacesAnother() {
    assertThat(DeriveV2.isWorseScenario(wad("-2"), wad("-1"))).isTrue();
    assertThat(DeriveV2.isWorseScenario(wad("-1"), wad("-1"))).isFalse();
    assertThat(DeriveV2.worstScenario(List.of(wad("1"), wad("-3"), wad("-2"), wad("-3"))))
        .isEqualTo(1);
    assertThatThrownBy(() -> DeriveV2.worstScenario(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theDiscountFallsInTwoParts() {
    assertThat(DeriveV2.discount(seconds(0), TEST)).isEqualTo(WAD);
    assertThat(DeriveV2.discount(seconds(599), TEST)).isEqualTo(wad("0.800333333333333334"));
    assertThat(DeriveV2.discount(seconds(600), TEST)).isEqualTo(wad("0.8"));
    assertThat(DeriveV2.discount(seconds(7_799), TEST)).isEqualTo(wad("0.000138888888888889"));
    assertThat(DeriveV2.discount(seconds(7_800), TEST)).isZero();
    assertThat(DeriveV2.hasRunOut(seconds(7_799), TEST)).isFalse();
    assertThat(DeriveV2.hasRunOut(seconds(7_800), TEST)).isTrue();
  }

  /// 361 s x 0.8 is 288.8, of which 288 count.
  @Test
  void theSlowPartCountsWholeWeightedSeconds() {
    assertThat(DeriveV2.discount(seconds(961), TEST)).isEqualTo(wad("0.76"));
    assertThat(DeriveV2.discount(seconds(962), TEST)).isEqualTo(wad("0.759861111111111112"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theDiscountNeverRisesAndStaysWithinASecondAboveTheLine(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Parameters main = Parameters.MAINNET;
    for (int i = 0; i < 500; i++) {
      long elapsed = random.nextLong(44_200);
      BigInteger discount = DeriveV2.discount(seconds(elapsed), main);
      assertThat(discount).isGreaterThanOrEqualTo(DeriveV2.discount(seconds(elapsed + 1), main));
      Fraction line =
          elapsed < 900
              ? Fraction.parse("0.95").minus(new Fraction(seconds(elapsed), seconds(3_600)))
              : Fraction.parse("0.7")
                  .times(Fraction.ONE.minus(new Fraction(seconds(elapsed - 900), seconds(43_200))))
                  .max(Fraction.ZERO);
      Fraction step =
          elapsed < 900 ? UNIT : UNIT.plus(new Fraction(BigInteger.ONE, seconds(43_200)));
      assertThat(of(discount).minus(line)).isBetween(Fraction.ZERO, step);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void sharesAndPricesAreTheirFormulasWithinAUnit(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 300; i++) {
      BigInteger mtm = amount(random, 1, 1_000_000);
      BigInteger mm = amount(random, 1, 1_000_000).negate();
      BigInteger reserved =
          mtm.multiply(BigInteger.valueOf(random.nextInt(100))).divide(seconds(100));
      BigInteger discount = BigInteger.valueOf(random.nextLong(1, 1_000_000_000_000_000_000L));
      BigInteger margin = DeriveV2.bufferMargin(mtm, mm, TEST);
      Fraction exactMargin = of(mm).plus(of(mm.subtract(mtm)).times(of(TEST.bufferWad())));
      assertThat(of(margin).minus(exactMargin)).isBetween(Fraction.ZERO, UNIT);
      BigInteger price = DeriveV2.solventBidPrice(mtm, reserved, discount);
      Fraction exactPrice = of(mtm.subtract(reserved)).times(of(discount));
      assertThat(exactPrice.minus(of(price))).isBetween(Fraction.ZERO, UNIT);
      BigInteger share = DeriveV2.maxProportion(mtm, margin, discount, reserved, TEST);
      Fraction below =
          of(mtm)
              .times(of(discount))
              .plus(of(reserved).times(Fraction.ONE.minus(of(discount))))
              .minus(of(margin));
      Fraction exactShare = of(margin).negate().over(below);
      assertThat(of(share).minus(exactShare).abs().compareTo(UNIT.times(Fraction.of(4))) < 0)
          .isTrue();
    }
  }

  /// The share is what brings the buffer margin to zero: up to what is rounded.
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void theLargestBidBringsTheBufferMarginToZeroAndSmallerOnesLess(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 300; i++) {
      BigInteger mtm = amount(random, 1, 1_000_000);
      BigInteger mm = amount(random, 1, 1_000_000).negate();
      BigInteger reserved =
          mtm.multiply(BigInteger.valueOf(random.nextInt(99))).divide(seconds(100));
      Account account = new Account(mtm, mm, reserved);
      BigInteger elapsed = seconds(random.nextLong(7_700));
      Bid whole = (Bid) DeriveV2.bidSolvent(account, WAD, elapsed, TEST);
      assertThat(whole.ends()).isTrue();
      Account after = DeriveV2.afterBid(account, whole);
      BigInteger left = DeriveV2.bufferMargin(after.mtm(), after.mm(), TEST);
      assertThat(left.abs()).isLessThan(BigInteger.valueOf(10_000_000));
      Bid part = (Bid) DeriveV2.bidSolvent(account, whole.shareWad().shiftRight(1), elapsed, TEST);
      assertThat(part.ends()).isFalse();
      assertThat(part.cashToBidder()).isZero();
      Account later = DeriveV2.afterBid(account, part);
      assertThat(DeriveV2.bufferMargin(later.mtm(), later.mm(), TEST))
          .isGreaterThan(DeriveV2.bufferMargin(mtm, mm, TEST))
          .isLessThan(left);
      assertThat(later.reservedCash()).isEqualTo(reserved.add(part.cashFromBidder()));
    }
  }

  @Test
  void aBidForExactlyTheLargestShareEndsTheAuction() {
    Account account = account("300", "-100");
    Bid whole = (Bid) DeriveV2.bidSolventAt(account, WAD, wad("0.9"), TEST);
    BigInteger most = whole.shareWad();
    assertThat(((Bid) DeriveV2.bidSolventAt(account, most, wad("0.9"), TEST)).ends()).isTrue();
    Outcome less = DeriveV2.bidSolventAt(account, most.subtract(BigInteger.ONE), wad("0.9"), TEST);
    assertThat(((Bid) less).ends()).isFalse();
    assertThat(whole.cashFromBidder()).isEqualTo(wad("92.19512195121951207"));
    assertThat(whole.bidderCash())
        .isEqualTo(wad("92.19512195121951207").add(wad("47.80487804878048774")));
  }

  @Test
  void theBidderCoversWhatIsNotReserved() {
    Account account = new Account(wad("300"), wad("-100"), wad("50"));
    Bid bid = (Bid) DeriveV2.bidSolventAt(account, wad("0.2"), wad("0.9"), TEST);
    assertThat(bid.cashFromBidder()).isEqualTo(wad("45"));
    assertThat(bid.bidderCash()).isEqualTo(wad("83"));
  }

  @Test
  void theStartCostsTheFeeOfTheLargestShare() {
    assertThat(DeriveV2.startFee(wad("300"), wad("-100"), TEST))
        .isEqualTo(wad("9.54545454545454543"));
    assertThat(DeriveV2.startFee(wad("300"), wad("100"), TEST)).isZero();
  }

  @Test
  void allMayBeTakenBelowTheCutoffOfValue() {
    Parameters cutoff =
        new Parameters(
            WAD, WAD, seconds(1), seconds(1), seconds(1), wad("0"), wad("0.1"), wad("300"));
    assertThat(
            DeriveV2.maxProportion(
                wad("299.999999999999999999"), wad("-1"), WAD, BigInteger.ZERO, cutoff))
        .isEqualTo(WAD);
    assertThat(DeriveV2.maxProportion(wad("300"), wad("-1"), WAD, BigInteger.ZERO, cutoff))
        .isLessThan(WAD);
    assertThat(DeriveV2.maxProportion(wad("300"), wad("1"), WAD, BigInteger.ZERO, cutoff)).isZero();
  }

  @Test
  void auctionsEndAtABufferMarginOfZero() {
    assertThat(status("110", "10", "0", 0)).isTrue();
    assertThat(status("110", "9.999999999999999999", "0", 0)).isFalse();
    assertThat(status("-0.000000000000000001", "-10", "0", 0)).isTrue();
    assertThat(status("10", "-10", "10", 0)).isTrue();
    assertThat(status("10", "-10", "9", 0)).isFalse();
    assertThat(status("110", "0", "0", 7_800)).isTrue();
    assertThat(status("110", "-0.000000000000000001", "0", 7_800)).isFalse();
    assertThat(DeriveV2.canTerminate(account("-5", "0"), true, seconds(0), TEST)).isTrue();
    assertThat(DeriveV2.canTerminate(account("-5", "-1"), true, seconds(0), TEST)).isFalse();
  }

  private static boolean status(String mtm, String mm, String reserved, long elapsed) {
    Account account = new Account(wad(mtm), wad(mm), wad(reserved));
    return DeriveV2.canTerminate(account, false, seconds(elapsed), TEST);
  }

  @Test
  void bidsAreRefusedAsTheContractDoes() {
    Account account = account("300", "-100");
    assertThat(DeriveV2.bidSolvent(account, BigInteger.ZERO, seconds(0), TEST))
        .isEqualTo(new Refused(Refusal.INVALID_PERCENTAGE));
    assertThat(DeriveV2.bidSolvent(account, WAD.add(BigInteger.ONE), seconds(0), TEST))
        .isEqualTo(new Refused(Refusal.INVALID_PERCENTAGE));
    assertThat(DeriveV2.bidSolvent(account("300", "100"), WAD, seconds(0), TEST))
        .isEqualTo(new Refused(Refusal.SHOULD_BE_TERMINATED));
    assertThat(DeriveV2.bidSolvent(account, WAD, seconds(7_800), TEST))
        .isEqualTo(new Refused(Refusal.SOLVENT_AUCTION_ENDED));
    assertThat(DeriveV2.bidSolvent(account, WAD, seconds(7_799), TEST)).isInstanceOf(Bid.class);
    assertThatThrownBy(() -> DeriveV2.solventBidPrice(wad("1"), wad("2"), WAD))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("DA_ReservedCashGreaterThanMtM");
    Bid bid = (Bid) DeriveV2.bidSolvent(account, wad("0.1"), seconds(300), TEST);
    assertThat(bid.cashFromBidder()).isEqualTo(wad("27"));
    assertThat(DeriveV2.within(bid, wad("27"), bid.bidderCash())).isEqualTo(bid);
    assertThat(DeriveV2.within(bid, wad("26.9"), bid.bidderCash()))
        .isEqualTo(new Refused(Refusal.PRICE_LIMIT_EXCEEDED));
    assertThat(DeriveV2.within(bid, BigInteger.ZERO, bid.bidderCash().subtract(BigInteger.ONE)))
        .isEqualTo(new Refused(Refusal.INSUFFICIENT_CASH));
  }

  @Test
  void solventAuctionsTurnInsolventForNothingAndBelowMaintenance() {
    assertThat(DeriveV2.canTurnInsolvent(account("300", "-100"), seconds(7_799), TEST)).isFalse();
    assertThat(DeriveV2.canTurnInsolvent(account("300", "-100"), seconds(7_800), TEST)).isTrue();
    assertThat(DeriveV2.canTurnInsolvent(account("300", "0"), seconds(7_800), TEST)).isFalse();
    assertThat(DeriveV2.canTurnInsolvent(account("0", "-100"), seconds(0), TEST)).isTrue();
  }

  @Test
  void thePayoutGrowsFromTheLossToTheMargin() {
    assertThat(price("-100", "-300", 0)).isEqualTo(wad("-100"));
    assertThat(price("100", "-300", 0)).isZero();
    assertThat(price("100", "-300", 300)).isEqualTo(wad("-150"));
    assertThat(price("-100", "-300", 599)).isGreaterThan(wad("-300"));
    assertThat(price("-100", "-300", 600)).isEqualTo(wad("-300"));
    assertThat(price("-100", "0", 600)).isZero();
    assertThat(price("0", "-0.000000000000000001", 599)).isZero();
    Bid all = (Bid) DeriveV2.bidInsolvent(account("-100", "-300"), WAD, seconds(300), TEST);
    assertThat(all).isEqualTo(new Bid(WAD, BigInteger.ZERO, wad("200"), wad("100"), true));
    Bid half = (Bid) DeriveV2.bidInsolvent(account("-100", "-300"), wad("0.5"), seconds(12), TEST);
    assertThat(half.cashToBidder()).isEqualTo(wad("52"));
    assertThat(half.ends()).isFalse();
    assertThat(DeriveV2.bidInsolvent(account("5", "0"), WAD, seconds(1), TEST))
        .isEqualTo(new Refused(Refusal.SHOULD_BE_TERMINATED));
  }

  private static BigInteger price(String mtm, String mm, long elapsed) {
    return DeriveV2.insolventBidPrice(wad(mtm), wad(mm), seconds(elapsed), TEST);
  }

  @Test
  void whatTheModuleLacksIsPrintedAndBlocksWithdrawals() {
    assertThat(DeriveV2.payout(wad("10"), wad("7"))).isEqualTo(new Payout(wad("7"), wad("3")));
    assertThat(DeriveV2.payout(wad("10"), wad("11")))
        .isEqualTo(new Payout(wad("10"), BigInteger.ZERO));
    assertThat(DeriveV2.isWithdrawBlocked(wad("10"), wad("10"))).isFalse();
    assertThat(DeriveV2.isWithdrawBlocked(wad("10"), wad("9"))).isTrue();
    assertThat(DeriveV2.isWithdrawBlocked(BigInteger.ZERO, wad("-1"))).isFalse();
  }

  @Test
  void balancesAreCutTowardsZero() {
    assertThat(DeriveV2.taken(BigInteger.valueOf(3), BigInteger.ZERO, wad("0.5"))).isOne();
    assertThat(DeriveV2.taken(BigInteger.valueOf(-3), BigInteger.ZERO, wad("0.5")))
        .isEqualTo(BigInteger.ONE.negate());
    assertThat(DeriveV2.taken(BigInteger.valueOf(5), BigInteger.TWO, wad("0.5"))).isOne();
  }

  @Test
  void parametersThatTheContractRefusesAreRefused() {
    assertThatThrownBy(() ->
            new Parameters(
                wad("0.9"),
                wad("0.91"),
                seconds(1),
                seconds(1),
                seconds(1),
                wad("0"),
                wad("0"),
                wad("0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DA_InvalidParameter");
  }
}
