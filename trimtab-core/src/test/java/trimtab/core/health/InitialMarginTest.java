package trimtab.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Account.Reserve;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Asset.Weights;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.mark.Marks;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;

/// Open orders, initial parameters and what may leave. ETH at 100 USD; initial margin 10 % and
/// maintenance 5 %; ETH as collateral counts for 0.8 when breach is judged, for 0.7 initially.
class InitialMarginTest {
  private static final Listing LISTING =
      new Listing(
          0,
          List.of(new Feed("ETHUSD", 0, 1)),
          List.of(
              new Asset("USD", Asset.SETTLEMENT, 0, Ppm.ONE, Ppm.ONE, 1, 0, 0, 0),
              new Asset(
                  "ETH",
                  0,
                  0,
                  Weights.flat(800_000, Ppm.ONE),
                  Weights.flat(700_000, 1_100_000),
                  1,
                  0,
                  0,
                  0)),
          List.of(contract("ETHUSD"), contract("ETHUSD2")));
  private static final Marks MARKS = Marks.of(0, 100);
  private static final HealthModel MODEL =
      new HealthModel(LISTING, new LegSum(LISTING), Base.REQUIREMENT);

  private static Contract contract(String symbol) {
    MarginTiers initial = MarginTiers.flat(100_000);
    return new Contract(symbol, 0, 0, 1, 0, 0, initial, MarginTiers.flat(50_000), 0);
  }

  private static Account account(long cash, long quantity) {
    List<Position> positions =
        quantity == 0 ? List.of() : List.of(new Position(0, quantity, quantity * 100));
    return new Account("a", List.of(new Balance(0, cash, 0)), positions);
  }

  private static long initial(Account account) {
    return requirement(account, MarginKind.INITIAL);
  }

  private static long requirement(Account account, MarginKind kind) {
    Wide weighted = MODEL.assess(account, MARKS, kind).requirement();
    return weighted.divFloor(Ppm.ONE);
  }

  @Test
  void openOrdersReserveForTheSideThatMakesThePositionLargest() {
    Account ten = account(0, 10);
    assertThat(initial(ten)).isEqualTo(100);
    // 10 + 5 bought; 30 sold would leave 20 short.
    assertThat(initial(ten.with(List.of(new Reserve(0, 5, 0))))).isEqualTo(150);
    assertThat(initial(ten.with(List.of(new Reserve(0, 5, 30))))).isEqualTo(200);
    // Orders that only reduce reserve nothing more.
    assertThat(initial(ten.with(List.of(new Reserve(0, 0, 10))))).isEqualTo(100);
    // A market without a position.
    assertThat(initial(ten.with(List.of(new Reserve(1, 3, 4))))).isEqualTo(140);
    // Breach is judged by what is held.
    Account all = ten.with(List.of(new Reserve(0, 50, 50), new Reserve(1, 3, 4)));
    assertThat(requirement(all, MarginKind.MAINTENANCE)).isEqualTo(50);
  }

  @Test
  void whatMayLeaveMeetsTheInitialParametersToTheUnit() {
    Account account = account(120, 10);
    assertThat(Withdrawable.units(MODEL, account, MARKS, 0)).isEqualTo(20);
    assertThat(Withdrawable.units(MODEL, account.with(List.of(new Reserve(0, 1, 0))), MARKS, 0))
        .isEqualTo(10);
    assertThat(Withdrawable.units(MODEL, account(90, 10), MARKS, 0)).isZero();
    assertThat(Withdrawable.units(MODEL, account(90, 0), MARKS, 0)).isEqualTo(90);
    assertThat(Withdrawable.units(MODEL, account, MARKS, 1)).isZero();
  }

  @Test
  void initialWeightsAreThoseOfNewRisk() {
    Account account =
        new Account("a", List.of(new Balance(0, -100, 0), new Balance(1, 3, 1)), List.of());
    Health breach = MODEL.assess(account, MARKS);
    Health risk = MODEL.assess(account, MARKS, MarginKind.INITIAL);
    // 2 ETH net: 200 x 0.8 and 200 x 0.7
    assertThat(breach.backing()).isEqualTo(Wide.product(160, Ppm.ONE));
    assertThat(risk.backing()).isEqualTo(Wide.product(140, Ppm.ONE));
    // 1 ETH held counts 70 against 100 owed; 2 do 140.
    assertThat(Withdrawable.units(MODEL, account, MARKS, 1)).isZero();
    Account more = account.with(List.of(new Balance(0, -100, 0), new Balance(1, 4, 1)), List.of());
    assertThat(Withdrawable.units(MODEL, more, MARKS, 1)).isEqualTo(1);
  }

  @Test
  void anIsolatedAccountHasOneMarketAndWhatItIsSettledIn() {
    Account isolated = account(120, 10).isolatedIn(LISTING, 0);
    assertThat(isolated.isolatedMarket()).hasValue(0);
    assertThatThrownBy(() -> account(120, 10).isolatedIn(LISTING, 1))
        .hasMessage("a: an isolated account trades market 1 alone");
    assertThatThrownBy(() -> isolated.with(List.of(new Reserve(1, 1, 0))))
        .hasMessage("a: an isolated account trades market 0 alone");
    Account mixed = account(120, 10).with(List.of(new Balance(1, 1, 0)), List.of());
    assertThatThrownBy(() -> mixed.isolatedIn(LISTING, 0))
        .hasMessage("a: an isolated position in ETHUSD is backed by USD alone");
  }
}
