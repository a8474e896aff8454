package trimtab.lab.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.instrument.Asset;

class PlanFileTest {
  private static final String ACCOUNT =
      """
      account:
        name: alice
        collateral: {USD: 1000.5, ETH: 2}
        debt: {USD: 10}
        perps:
          ETHUSDT: {quantity: -1.5, entry: 4000.25}
      marks: {ETHUSDT: 4100}
      """;

  @TempDir Path folder;

  private PlanFile read(String text) {
    return PlanFile.read(InputProblems.write(folder, "plan.yaml", text));
  }

  private List<String> problems(String text) {
    return InputProblems.of(folder, () -> read(text));
  }

  @Test
  void readsAnAccountAtItsMarks() {
    PlanFile plan = read(ACCOUNT);
    assertThat(plan.account().id()).isEqualTo("alice");
    assertThat(plan.account().balances())
        .containsExactly(
            new Balance(0, 100_050_000_000L, 1_000_000_000), new Balance(1, 2_000_000, 0));
    assertThat(plan.account().positions())
        .containsExactly(new Position(0, -1_500_000, -600_037_500_000L));
    assertThat(plan.marks().price(0)).isEqualTo(410_000);
    assertThat(plan.marks().asOfNanos()).isZero();
    assertThat(plan.rulebook()).isEqualTo(RulebookFile.builtIn("target-health"));
    assertThat(plan.curves().contract(0, Side.BUY)).isSameAs(CostCurve.FREE);
  }

  @Test
  void theSameInJson() {
    String json =
        """
        {"account": {"name": "alice", "collateral": {"USD": 1000.5, "ETH": "2"},
         "debt": {"USD": 10}, "perps": {"ETHUSDT": {"quantity": -1.5, "entry": 4000.25}}},
         "marks": {"ETHUSDT": 4100}}
        """;
    PlanFile plan = PlanFile.read(InputProblems.write(folder, "plan.json", json));
    assertThat(plan.account()).isEqualTo(read(ACCOUNT).account());
  }

  @Test
  void entriesOfThePlanComeBeforeTheShippedOnes() {
    PlanFile plan =
        read(
            ACCOUNT
                + """
                asOf: 2025-10-10T21:20:00.5Z
                assets: {ETH: {assetWeight: 0.7}}
                markets: {ETHUSDT: {maintenance: 0.02, lot: 0.5}}
                """);
    assertThat(plan.marks().asOfNanos()).isEqualTo(1_760_131_200_500_000_000L);
    Asset eth = plan.listing().assets().get(1);
    assertThat(eth.assetWeightPpm()).isEqualTo(700_000);
    assertThat(plan.listing().contracts().getFirst().maintenance().maximumRatePpm())
        .isEqualTo(20_000);
  }

  @Test
  void marketsAndRulebooksLieBesideThePlan() {
    InputProblems.write(
        folder,
        "m.yaml",
        "markets: {ETHUSDT: {maintenance: 0.03}}\nassets: {ETH: {assetWeight: 1}}");
    InputProblems.write(folder, "r.yaml", "base: full\n");
    PlanFile plan = read(ACCOUNT + "markets: m.yaml\nrulebook: r.yaml\n");
    assertThat(plan.rulebook().name()).isEqualTo("r");
    assertThat(plan.listing().contracts().getFirst().maintenance().maximumRatePpm())
        .isEqualTo(30_000);
    assertThat(read(ACCOUNT + "rulebook: {base: full}\n").rulebook().name()).isEqualTo("full");
  }

  @Test
  void levelsBecomeACurveAgainstTheMark() {
    PlanFile plan =
        read(
            ACCOUNT
                + """
                depth:
                  ETHUSDT:
                    asks: [[4101, 1], [4103.5, 2]]
                  ETH:
                    bids: [[4090, 3]]
                """);
    CostCurve asks = plan.curves().contract(0, Side.BUY);
    assertThat(asks.capacity()).isEqualTo(3_000_000);
    assertThat(asks.cost(1_000_000)).isEqualTo(100_000_000);
    assertThat(asks.cost(3_000_000)).isEqualTo(800_000_000);
    assertThat(plan.curves().asset(1, Side.SELL).cost(1_000_000)).isEqualTo(1_000_000_000);
    assertThat(plan.curves().contract(0, Side.SELL)).isSameAs(CostCurve.FREE);
    assertThat(plan.depthSymbols()).containsExactly("ETHUSDT", "ETH");
  }

  @Test
  void impactBecomesACurveUpToWhatIsHeld() {
    PlanFile plan =
        read(
            ACCOUNT
                + "depth: {ETHUSDT: {impact: {y: 1, dailyVolatility: 0.04, dailyVolume: 100}}}\n");
    CostCurve curve = plan.curves().contract(0, Side.BUY);
    assertThat(curve.capacity()).isEqualTo(1_500_000);
    // 2/3 x 0.04 x 4100 x 1.5^1.5 / sqrt(100) = 20.0858 USD
    assertThat(curve.cost(1_500_000) / 1e8).isBetween(20.0858, 20.0859);
    assertThat(plan.curves().contract(0, Side.SELL)).isEqualTo(curve);
  }

  @Test
  void everyProblemIsNamedAtOnce() {
    assertThat(
            problems(
                """
                account: {colateral: {USD: 1}, perps: {ETHUSDT: {quantity: 1}}}
                marks: {ETHUSDT: 4e, BTCUSDT: -5}
                rulebook: ful
                asOf: today
                """))
        .containsExactly(
            "plan.yaml:1: account.colateral: unknown key; did you mean 'collateral'?",
            "plan.yaml:2: marks.ETHUSDT: '4e' is not a decimal number",
            "plan.yaml:2: marks.BTCUSDT: '-5' must be positive",
            "plan.yaml:3: rulebook: no built-in rulebook 'ful'; did you mean 'full'?; a file needs"
                + " its ending, as in my-rules.yaml",
            "plan.yaml:4: asOf: 'today' is no instant; write it as 2025-10-10T21:20:00Z");
    assertThat(
            problems(
                """
                account:
                  collateral: {EUR: 1}
                  debt: {USD: -1}
                  perps:
                    ETHUSDT: {quantity: 1}
                    BTCUSDT: {quantity: 1, entry: 5}
                marks: {ETHUSDT: 4100}
                """))
        .containsExactly(
            "plan.yaml:2: account.collateral.EUR: no asset 'EUR'; known: ETH USD",
            "plan.yaml:3: account.debt.USD: '-1' is negative; what is owed is written without a"
                + " sign",
            "plan.yaml:5: account.perps.ETHUSDT: 'entry' is missing",
            "plan.yaml:6: account.perps.BTCUSDT: no market 'BTCUSDT'; known: ETHUSDT");
    assertThat(problems("rulebook: full\n"))
        .containsExactly("plan.yaml: 'account' is missing", "plan.yaml: 'marks' is missing");
  }

  @Test
  void depthBeyondExactNumbersIsRefused() {
    assertThat(problems(ACCOUNT + "depth: {ETHUSDT: {asks: [[4100.5, 99999999999]]}}\n"))
        .containsExactly(
            "plan.yaml:8: depth.ETHUSDT.asks: all levels together are too much to count exactly;"
                + " leave out the far ones");
  }

  @Test
  void wrongDepthNamesItsLevel() {
    assertThat(
            problems(
                ACCOUNT
                    + """
                    depth:
                      ETHUSDT: {bids: [[4090, 1], [4091, 1]], asks: [[4110]]}
                      ETH: {bids: [[4090, x]], impact: {y: 1, dailyVolatility: 1}}
                      USD: {bids: [[1, 1]]}
                      DOGE: {bids: [[1, 1]]}
                    """))
        .containsExactly(
            "plan.yaml:9: depth.ETHUSDT.bids: depth level 2: levels go from best to worst, with"
                + " positive price and quantity",
            "plan.yaml:9: depth.ETHUSDT.asks[0]: a level is [price, quantity]",
            "plan.yaml:10: depth.ETH: has levels and impact; write one of them",
            "plan.yaml:10: depth.ETH.impact: 'dailyVolume' is missing",
            "plan.yaml:10: depth.ETH.bids[0][1]: 'x' is not a decimal number",
            "plan.yaml:11: depth.USD: is the settlement currency; it is not traded",
            "plan.yaml:12: depth.DOGE: no market 'DOGE'; known: ETHUSDT");
  }
}
