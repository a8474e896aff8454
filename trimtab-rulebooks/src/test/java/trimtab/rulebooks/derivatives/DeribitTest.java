package trimtab.rulebooks.derivatives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.rulebooks.derivatives.Deribit.Contribution;
import trimtab.rulebooks.derivatives.Deribit.Loss;
import trimtab.rulebooks.derivatives.Deribit.Order;
import trimtab.rulebooks.derivatives.Deribit.Parameters;
import trimtab.rulebooks.derivatives.Deribit.Position;
import trimtab.rulebooks.number.Fraction;

class DeribitTest {
  private static Fraction f(String text) {
    return Fraction.parse(text);
  }

  private static Position future(String name, String size) {
    return new Position(name, Deribit.Type.FUTURE, f(size), f("0.001"));
  }

  private static Position option(String name, String size, String delta) {
    return new Position(name, Deribit.Type.OPTION, f(size), f(delta));
  }

  private static Order next(Position... positions) {
    return Deribit.nextRound(List.of(positions), Parameters.BTC).orElseThrow();
  }

  @Test
  void exactlyAHundredPercentNeitherStartsNorEnds() {
    assertThat(Deribit.isTriggered(f("1"), f("1"))).isFalse();
    assertThat(Deribit.isTriggered(f("1"), f("1.001"))).isTrue();
    assertThat(Deribit.isOver(f("1"), f("1"))).isFalse();
    assertThat(Deribit.isOver(f("1"), f("0.999"))).isTrue();
    assertThat(Deribit.isOver(f("-1"), f("0"))).isTrue();
  }

  @Test
  void theRateRisesWithTheSize() {
    assertThat(Deribit.maintenance(f("100"), Parameters.BTC)).isEqualTo(f("1.5"));
    assertThat(Deribit.maintenance(f("100"), Parameters.ETH)).isEqualTo(f("1.04"));
    assertThat(Deribit.fee(f("2"), Parameters.BTC)).isEqualTo(f("0.015"));
    assertThat(Deribit.fee(f("2"), Parameters.ETH)).isEqualTo(f("0.018"));
  }

  @Test
  void futuresThatLowerTheDeltaComeFirst() {
    assertThat(next(future("A", "1000"), future("B", "3000"), future("C", "-2000")))
        .isEqualTo(new Order("B", f("-200")));
    assertThat(next(future("A", "-150"), option("O", "-5", "0.5")))
        .isEqualTo(new Order("A", f("150")));
    assertThat(next(future("A", "1000"), option("O", "-5", "0.5")))
        .isEqualTo(new Order("O", f("1")));
    assertThat(next(option("O", "0.4", "0.5"))).isEqualTo(new Order("O", f("-0.4")));
    assertThat(next(future("B", "100"), future("A", "-100"))).isEqualTo(new Order("A", f("100")));
    assertThat(Deribit.nextRound(List.of(future("A", "0")), Parameters.BTC)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void roundsEndWithEveryPositionClosedAndNeverReverseOne(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Position> positions = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      positions.add(future("F" + i, Long.toString(random.nextLong(-2_000, 2_000))));
      positions.add(option("O" + i, Long.toString(random.nextLong(-9, 9)), "0.3"));
    }
    int rounds = 0;
    while (Deribit.nextRound(positions, Parameters.BTC).isPresent() && rounds < 1_000) {
      Order order = Deribit.nextRound(positions, Parameters.BTC).orElseThrow();
      rounds++;
      positions.replaceAll(each -> each.name().equals(order.name()) ? after(each, order) : each);
    }
    assertThat(positions).allMatch(each -> each.size().signum() == 0);
  }

  private static Position after(Position position, Order order) {
    assertThat(order.contracts().signum()).isEqualTo(-position.size().signum());
    assertThat(order.contracts().abs().compareTo(position.size().abs())).isNotPositive();
    Fraction size = position.size().plus(order.contracts());
    return new Position(position.name(), position.type(), size, position.deltaPerContract());
  }

  @Test
  void theLargestContributionIsTriedFirst() {
    assertThat(
            Deribit.portfolioOrder(
                List.of(
                    new Contribution("A", f("1")),
                    new Contribution("B", f("-2")),
                    new Contribution("D", f("3")),
                    new Contribution("C", f("3")))))
        .containsExactly("C", "D", "A");
  }

  @Test
  void aHedgeMustLowerTheRequirement() {
    assertThat(Deribit.hedge(f("2"), f("0.001"), f("5"), f("4"))).contains(f("-2000"));
    assertThat(Deribit.hedge(f("2"), f("0.001"), f("5"), f("5"))).isEmpty();
    assertThat(Deribit.hedge(f("0"), f("0.001"), f("5"), f("4"))).isEmpty();
  }

  @Test
  void theFundPaysBeforeTheWinners() {
    assertThat(Deribit.loss(f("10"), f("4"), List.of(f("20"), f("-5"), f("10"))))
        .isEqualTo(new Loss(f("4"), List.of(f("4"), f("0"), f("2")), f("0")));
    assertThat(Deribit.loss(f("10"), f("40"), List.of(f("20"))))
        .isEqualTo(new Loss(f("10"), List.of(f("0")), f("0")));
    assertThat(Deribit.loss(f("10"), f("-1"), List.of(f("3"))))
        .isEqualTo(new Loss(f("0"), List.of(f("3")), f("7")));
    assertThat(Deribit.loss(f("10"), f("1"), List.of()))
        .isEqualTo(new Loss(f("1"), List.of(), f("9")));
  }
}
