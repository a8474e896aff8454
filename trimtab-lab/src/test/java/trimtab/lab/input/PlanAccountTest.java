package trimtab.lab.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Account.Reserve;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.health.MarginKind;
import trimtab.core.health.Withdrawable;
import trimtab.core.money.Ppm;

/// Isolated accounts, open orders, interest and funding in plan files.
class PlanAccountTest {
  private static final String MARKETS =
      """
      markets:
        ETHUSDT: {tick: 0.01, lot: 0.0001, decimals: 4, initial: 0.02, maintenance: 0.01}
        BTCUSDT: {tick: 0.1, lot: 0.001, decimals: 3, initial: 0.02, maintenance: 0.01}
      assets: {ETH: {assetWeight: 0.83, lot: 0.0001, decimals: 6}}
      marks: {ETHUSDT: 2960.00, BTCUSDT: 110000.0}
      """;

  @TempDir Path folder;

  private PlanFile read(String text) {
    return PlanFile.read(InputProblems.write(folder, "plan.yaml", text + MARKETS));
  }

  private List<String> problems(String text) {
    return InputProblems.of(folder, () -> read(text));
  }

  private static HealthModel model(PlanFile plan) {
    return new HealthModel(plan.listing(), new LegSum(plan.listing()), plan.rulebook().base());
  }

  /// 20 ETH at 3,000 with 1,400 USD: 2,960 loses 800, funding 20 x 2.75 = 55, so 545 of 592 are
  /// left.
  @Test
  void fundingIsOwedSinceTheIndexOfThePosition() {
    PlanFile plan =
        read(
            """
            account:
              isolated: ETHUSDT
              collateral: {USD: 1400}
              perps: {ETHUSDT: {quantity: 20, entry: 3000, fundingIndex: 4.50}}
            indices: {funding: {ETHUSDT: 7.25}}
            """);
    assertThat(plan.account().isolatedMarket()).isEqualTo(OptionalInt.of(0));
    assertThat(plan.account().positions())
        .containsExactly(new Position(0, 200_000, 60_055_00000000L));
    Health health = model(plan).assess(plan.account(), plan.marks());
    assertThat(health.equity()).isEqualTo(545_00000000L);
    assertThat(health.ratioText(Ppm.ONE)).isEqualTo("0.920");
  }

  /// A short receives what longs pay; funding of a position without an index runs from the start.
  @Test
  void aShortReceivesAndAFractionOfAUnitIsRoundedAgainstTheAccount() {
    PlanFile plan =
        read(
            """
            account:
              collateral: {USD: 100000}
              perps:
                ETHUSDT: {quantity: -0.0003, entry: 3000}
                BTCUSDT: {quantity: 1, entry: 110000}
            indices: {funding: {ETHUSDT: 0.00001, BTCUSDT: -12.5}}
            """);
    // 0.0003 x 0.00001 = 3e-9 USD, less than a unit of 1e-8: nothing is received. Longs of BTC are
    // paid 12.5.
    assertThat(plan.account().positions())
        .containsExactly(
            new Position(0, -3, -90000000L), new Position(1, 1_000, 109_987_50000000L));
  }

  /// 10 ETH at 1.01 back 10.1 x 2,960 x 0.83 = 24,813.68; 24,500 at 1.04 are 25,480.
  @Test
  void interestRunsOnWhatIsStored() {
    PlanFile plan =
        read(
            """
            account: {collateral: {ETH: 10, USD: 5}, debt: {USD: 24500}}
            indices: {deposit: {ETH: 1.01, USD: 1.000000000001}, borrow: {USD: 1.04}}
            """);
    assertThat(plan.account().balances())
        .containsExactly(
            new Balance(0, 500_000_000L, 25_480_00000000L), new Balance(2, 10_100_000, 0));
    Health health = model(plan).assess(plan.account(), plan.marks());
    assertThat(health.ratioText(Ppm.ONE)).isEqualTo("0.974");
  }

  @Test
  void ordersReserveInitialMarginOfTheWorseSide() {
    String account =
        """
        account:
          collateral: {USD: 10000}
          perps: {ETHUSDT: {quantity: 20, entry: 2960}}
        """;
    PlanFile plan =
        read(account + "  orders: {BTCUSDT: {sell: 0.5}, ETHUSDT: {buy: 30, sell: 80}}\n");
    assertThat(plan.account().reserves())
        .containsExactly(new Reserve(0, 300_000, 800_000), new Reserve(1, 0, 500));
    // A short of 60 ETH is worse than a long of 50: 177,600 x 0.02 = 3,552. 55,000 x 0.02 = 1,100.
    Health initial = model(plan).assess(plan.account(), plan.marks(), MarginKind.INITIAL);
    assertThat(initial.requirement().toBigInteger()).isEqualTo("465200000000000000");
    assertThat(Withdrawable.units(model(plan), plan.account(), plan.marks(), 0))
        .isEqualTo(5_348_00000000L);
    PlanFile without = read(account);
    assertThat(model(plan).assess(plan.account(), plan.marks()))
        .isEqualTo(model(without).assess(without.account(), without.marks()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{isolated: ETHUSD} | 1: account.isolated: no market 'ETHUSD'; did you mean 'ETHUSDT'?",
        "{isolated: ETHUSDT, collateral: {ETH: 1}} | 1: account.isolated: account: an isolated position in ETHUSDT is backed by USD alone",
        "{isolated: ETHUSDT, perps: {BTCUSDT: {quantity: 1, entry: 5}}} | 1: account.perps.BTCUSDT: the account is isolated in ETHUSDT; plan BTCUSDT as an account of its own",
        "{isolated: ETHUSDT, orders: {BTCUSDT: {buy: 1}}} | 1: account.orders.BTCUSDT: the account is isolated in ETHUSDT; plan BTCUSDT as an account of its own",
        "{orders: {DOGE: {buy: 1}}} | 1: account.orders.DOGE: no market 'DOGE'; known: BTCUSDT ETHUSDT",
        "{orders: {ETHUSDT: {}}} | 1: account.orders.ETHUSDT: says no quantity; write buy, sell, or both",
        "{orders: {ETHUSDT: {buy: -1}}} | 1: account.orders.ETHUSDT.buy: must not be negative",
        "{orders: {ETHUSDT: {bye: 1}}} | 1: account.orders.ETHUSDT.bye: unknown key; known: buy sell",
        "{orders: {ETHUSDT: {buy: 0.00001}}} | 1: account.orders.ETHUSDT.buy: '0.00001' has more than 4 decimals",
        "{orders: {ETHUSDT: {buy: 99999999999}}} | 1: account: ETHUSDT: a leg worth 295999999997040.00000000 exceeds the largest that fits",
        "{perps: {ETHUSDT: {quantity: 1, entry: 5, fundingIndex: x}}} | 1: account.perps.ETHUSDT.fundingIndex: 'x' is not a decimal number",
      })
  void whatDoesNotFitIsNamed(String account, String message) {
    assertThat(problems("account: " + account + "\n").getFirst())
        .startsWith("plan.yaml:" + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{deposit: {ETH: 0}} | 2: indices.deposit.ETH: must be positive; an index starts at 1",
        "{borrow: {EUR: 1}} | 2: indices.borrow.EUR: no asset 'EUR'; known: BTC ETH USD",
        "{funding: {ETH: 1}} | 2: indices.funding.ETH: no market 'ETH'",
        "{funding: {ETHUSDT: x}} | 2: indices.funding.ETHUSDT: 'x' is not a decimal number",
        "{lend: {ETH: 1}} | 2: indices.lend: unknown key; known: deposit borrow funding",
        "{funding: 3} | 2: indices.funding: '3' stands where a table of keys is expected",
        "{deposit: {USD: 9000000}} | 1: account: leaves the range of exact numbers here",
      })
  void wrongIndicesAreNamed(String indices, String message) {
    String account = "account: {collateral: {USD: 90000000000}}\n";
    assertThat(problems(account + "indices: " + indices + "\n").getFirst())
        .startsWith("plan.yaml:" + message);
  }

  @Test
  void anAccountWithoutThemIsWhatItWas() {
    Account account = read("account: {collateral: {USD: 1.5}}\n").account();
    assertThat(account)
        .isEqualTo(new Account("account", List.of(new Balance(0, 150_000_000, 0)), List.of()));
  }
}
