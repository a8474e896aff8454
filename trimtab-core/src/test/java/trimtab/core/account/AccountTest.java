package trimtab.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Account.Reserve;
import trimtab.core.instrument.Listing;
import trimtab.core.testkit.ForeignWorld;

class AccountTest {
  @Test
  void isReadThroughItsView() {
    AccountView view =
        new Account(
            "a",
            List.of(new Balance(0, -7, 3), new Balance(2, 5, 0)),
            List.of(new Position(1, -4, -8_000)));
    assertThat(view.balanceCount()).isEqualTo(2);
    assertThat(view.asset(1)).isEqualTo(2);
    assertThat(view.amount(0)).isEqualTo(-7);
    assertThat(view.debt(0)).isEqualTo(3);
    assertThat(view.positionCount()).isEqualTo(1);
    assertThat(view.market(0)).isEqualTo(1);
    assertThat(view.quantity(0)).isEqualTo(-4);
    assertThat(view.cost(0)).isEqualTo(-8_000);
  }

  @Test
  void cannotBeChangedFromOutside() {
    List<Balance> balances = new ArrayList<>(List.of(new Balance(0, 1, 0)));
    List<Position> positions = new ArrayList<>(List.of(new Position(0, 1, 1)));
    Account account = new Account("a", balances, positions);
    balances.clear();
    positions.clear();
    assertThat(account.balanceCount()).isEqualTo(1);
    assertThat(account.positionCount()).isEqualTo(1);
  }

  @Test
  void holdsEachAssetAndEachMarketOnceInOrder() {
    String balances = "a: balances must be ascending by asset";
    refuses(List.of(new Balance(1, 1, 0), new Balance(0, 1, 0)), List.of(), balances);
    refuses(List.of(new Balance(1, 1, 0), new Balance(1, 1, 0)), List.of(), balances);
    String positions = "a: positions must be ascending by market";
    refuses(List.of(), List.of(new Position(1, 1, 1), new Position(0, 1, 1)), positions);
    refuses(List.of(), List.of(new Position(1, 1, 1), new Position(1, 1, 1)), positions);
  }

  @Test
  void hasABoundedNumberOfLegs() {
    List<Position> most =
        IntStream.range(0, Account.LEGS_MAX).mapToObj(i -> new Position(i, 1, 1)).toList();
    assertThat(new Account("a", List.of(), most).positionCount()).isEqualTo(256);
    List<Position> tooMany = new ArrayList<>(most);
    tooMany.add(new Position(Account.LEGS_MAX, 1, 1));
    refuses(List.of(), tooMany, "a: at most 256 legs of a kind");
    List<Balance> balances =
        IntStream.range(0, Account.LEGS_MAX).mapToObj(i -> new Balance(i, 1, 0)).toList();
    assertThat(new Account("a", balances, List.of()).balanceCount()).isEqualTo(256);
    List<Balance> tooManyBalances = new ArrayList<>(balances);
    tooManyBalances.add(new Balance(Account.LEGS_MAX, 1, 0));
    refuses(tooManyBalances, List.of(), "a: at most 256 legs of a kind");
  }

  @Test
  void reservesEachMarketOnceInOrder() {
    Account account = new Account("a", List.of(), List.of());
    assertThat(account.with(List.of(new Reserve(0, 1, 0), new Reserve(1, 0, 1))).reserveCount())
        .isEqualTo(2);
    String sentence = "a: reserves must be ascending by market";
    List<Reserve> falling = List.of(new Reserve(1, 1, 0), new Reserve(0, 1, 0));
    assertThatThrownBy(() -> account.with(falling)).hasMessage(sentence);
    List<Reserve> twice = List.of(new Reserve(1, 1, 0), new Reserve(1, 1, 0));
    assertThatThrownBy(() -> account.with(twice)).hasMessage(sentence);
    String negative = "orders reserve quantities that are not negative";
    assertThatThrownBy(() -> new Reserve(0, -1, 0)).hasMessage(negative);
    assertThatThrownBy(() -> new Reserve(0, 0, -1)).hasMessage(negative);
  }

  @Test
  void reservesAreReadThroughTheView() {
    Account account =
        new Account("a", List.of(new Balance(0, 9, 0)), List.of())
            .with(List.of(new Reserve(3, 5, 7)));
    assertThat(account.reserveCount()).isEqualTo(1);
    assertThat(account.reservedMarket(0)).isEqualTo(3);
    assertThat(account.reservedBuys(0)).isEqualTo(5);
    assertThat(account.reservedSells(0)).isEqualTo(7);
    List<Position> positions = List.of(new Position(1, 1, 1));
    Account changed = account.with(List.of(), positions);
    assertThat(changed.positions()).isEqualTo(positions);
    assertThat(changed.balances()).isEmpty();
    assertThat(changed.reserves()).isEqualTo(account.reserves());
  }

  @Test
  void anAccountIsIsolatedInAMarketThatItsBalanceIsSettledIn() {
    Listing listing = ForeignWorld.position(1).listing();
    // Market 1 is settled in asset 1.
    Account account = new Account("a", List.of(new Balance(1, 5, 0)), List.of());
    assertThat(account.isolatedIn(listing, 1).isolatedMarket()).hasValue(1);
    assertThat(account.isolatedIn(listing, 1).balances()).isEqualTo(account.balances());
    assertThatThrownBy(() -> account.isolatedIn(listing, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a: an isolated position in TOKENUSD is backed by USD alone");
  }

  @Test
  void anIsolatedAccountTradesItsMarketAlone() {
    List<Position> positions = List.of(new Position(1, 1, 1));
    OptionalInt market = OptionalInt.of(1);
    List<Reserve> own = List.of(new Reserve(1, 1, 0));
    assertThat(new Account("a", List.of(), positions, own, market).reserves()).isEqualTo(own);
    List<Reserve> foreign = List.of(new Reserve(2, 1, 0));
    String sentence = "a: an isolated account trades market 1 alone";
    assertThatThrownBy(() -> new Account("a", List.of(), positions, foreign, market))
        .hasMessage(sentence);
    List<Position> others = List.of(new Position(0, 1, 1));
    assertThatThrownBy(() -> new Account("a", List.of(), others, own, market)).hasMessage(sentence);
  }

  private static void refuses(List<Balance> balances, List<Position> positions, String sentence) {
    assertThatThrownBy(() -> new Account("a", balances, positions))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void owesNothingNegative() {
    assertThatThrownBy(() -> new Balance(0, 5, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a debt is not negative: -1");
  }

  @Test
  void aLongIsClosedBySellingAndAShortByBuying() {
    assertThat(Side.closing(3)).isEqualTo(Side.SELL);
    assertThat(Side.closing(-3)).isEqualTo(Side.BUY);
    assertThat(Side.BUY.sign()).isEqualTo(1);
    assertThat(Side.SELL.sign()).isEqualTo(-1);
  }
}
