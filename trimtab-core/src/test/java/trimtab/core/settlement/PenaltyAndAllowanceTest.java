package trimtab.core.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trimtab.core.instrument.Asset;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.rulebook.PenaltyTerms.PairBase;
import trimtab.core.rulebook.PenaltyTerms.PositionBase;
import trimtab.core.rulebook.PenaltyTerms.Split;

/// Allowances and penalties of every base, by hand; amounts in whole value units.
class PenaltyAndAllowanceTest {
  private static final Wide NOTHING = Wide.ZERO;

  private static Wide weighted(long amount) {
    return Wide.product(amount, Ppm.ONE);
  }

  /// Equity 1,000 over a requirement of 1,000, paid from cash that weighs 0.8, or 1.25 when owed.
  private static Allowance allowance(long cash) {
    return new Allowance(weighted(1_000), weighted(1_000), 1, Wide.of(cash), 800_000, 1_250_000, 1);
  }

  @Test
  void cashPaysAtItsWeightAndBeyondItAtTheWeightOfADebt() {
    // Half is freed: 500 of weight.
    assertThat(allowance(10_000).downTo(weighted(500), NOTHING)).isEqualTo(625);
    assertThat(allowance(0).downTo(weighted(500), NOTHING)).isEqualTo(400);
    assertThat(allowance(-100).downTo(weighted(500), NOTHING)).isEqualTo(400);
    // 100 cover 80 of weight, 420 are left at 1.25.
    assertThat(allowance(100).downTo(weighted(500), NOTHING)).isEqualTo(100 + 336);
    // What the closing itself brings may be lost, too: 20 less owed are 25 of weight.
    assertThat(allowance(-100).downTo(weighted(500), Wide.of(20))).isEqualTo(420);
    assertThat(allowance(10_000).downTo(weighted(1_000), Wide.of(20))).isEqualTo(20);
    assertThat(allowance(10_000).downTo(weighted(1_000), Wide.of(-20))).isZero();
  }

  @Test
  void withoutEquityOrRequirementNothingMayBeLost() {
    Allowance none = new Allowance(weighted(-1), weighted(1_000), 1, NOTHING, Ppm.ONE, Ppm.ONE, 1);
    assertThat(none.downTo(NOTHING, NOTHING)).isZero();
    assertThat(Allowance.NONE.downTo(NOTHING, Wide.of(50))).isZero();
  }

  @Test
  void anAllowanceIsRoundedDownToWholeUnitsOfWhatPays() {
    // Units of 10, four exact units per value unit: 78 of 79 are no whole unit, 70 are 17.5.
    Allowance coarse =
        new Allowance(weighted(79), weighted(100), 4, weighted(9), Ppm.ONE, Ppm.ONE, 10);
    assertThat(coarse.downTo(weighted(1), NOTHING)).isEqualTo(17);
    assertThat(coarse.roundedBy()).isEqualTo(2 + 3);
    assertThat(allowance(0).roundedBy()).isEqualTo(3);
  }

  private static PositionPenalty penalty(PositionBase base) {
    Allowance cash =
        new Allowance(weighted(1_000), weighted(1_000), 1, Wide.of(9_999), Ppm.ONE, Ppm.ONE, 1);
    return new PositionPenalty(base, 100_000, cash);
  }

  @Test
  void aPenaltyOnTheNotional() {
    assertThat(penalty(PositionBase.NOTIONAL).charged(1_001, NOTHING, NOTHING, 7)).isEqualTo(101);
    assertThat(penalty(PositionBase.NOTIONAL).floor(1_001, NOTHING, 7)).isEqualTo(100);
  }

  @Test
  void aPenaltyOnTheRequirementThatIsFreed() {
    // A millionth less than 600 is freed.
    Wide after = weighted(400).plus(Wide.of(1));
    assertThat(penalty(PositionBase.REQUIREMENT).charged(5, after, NOTHING, 7)).isEqualTo(60);
    assertThat(penalty(PositionBase.REQUIREMENT).floor(5, after, 7)).isEqualTo(59);
  }

  @Test
  void aPenaltyOnTheImprovement() {
    PositionPenalty penalty = penalty(PositionBase.IMPROVEMENT);
    // 600 may be lost, 99 are the cost: a tenth of 501, rounded up.
    assertThat(penalty.charged(5, weighted(400), NOTHING, 99)).isEqualTo(51);
    assertThat(penalty.charged(5, weighted(400), NOTHING, 601)).isZero();
    // The bound leaves 3 for rounding and may be negative.
    assertThat(penalty.floor(5, weighted(400), 99)).isEqualTo(49);
    assertThat(penalty.floor(5, weighted(400), 700)).isEqualTo(-11);
  }

  private static final Asset DEBT = new Asset("ETH", 0, 4, 800_000, 1_200_000, 1, 0, 0, 0);

  private static PairPenalty pair(PairBase base) {
    return PairPenalty.of(
        new PenaltyTerms(
            0, 100_000, PositionBase.NOTIONAL, base, Cap.NONE, new Split(Ppm.ONE, 0, 0)),
        DEBT);
  }

  @Test
  void thePenaltyOfAPairIsOnWhatIsRepaidOrSold() {
    assertThat(pair(PairBase.REPAID)).isEqualTo(new PairPenalty(100_000, 0));
    assertThat(pair(PairBase.OBLIGATION)).isEqualTo(new PairPenalty(120_000, 0));
    assertThat(pair(PairBase.SEIZED)).isEqualTo(new PairPenalty(0, 100_000));
    PairPenalty repaid = pair(PairBase.REPAID);
    // 991 / 1.1 = 900.9
    assertThat(repaid.repayable(1_000, 991)).isEqualTo(900);
    assertThat(repaid.repayableCeiling(1_000, 991)).isEqualTo(901);
    assertThat(repaid.charged(1_000, 901)).isEqualTo(91);
    PairPenalty sold = pair(PairBase.SEIZED);
    assertThat(sold.repayable(1_001, 991)).isEqualTo(890);
    assertThat(sold.repayableCeiling(1_001, 991)).isEqualTo(891);
    assertThat(sold.repayable(1_000, 99)).isZero();
    assertThat(sold.repayableCeiling(1_000, 99)).isZero();
    assertThat(sold.charged(1_001, 900)).isEqualTo(101);
  }
}
