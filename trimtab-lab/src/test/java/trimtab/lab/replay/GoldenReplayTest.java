package trimtab.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import trimtab.core.instrument.Listing;
import trimtab.core.rulebook.OwnRulebook;
import trimtab.lab.book.Book;
import trimtab.lab.input.BookFile;
import trimtab.lab.input.MarketsFile;
import trimtab.lab.input.RulebookFile;
import trimtab.lab.mark.PricePath;
import trimtab.lab.mark.WindowFeeds;
import trimtab.market.data.PriceWindow;
import trimtab.market.data.PriceWindows;

/// The whole replay against exact outcomes that were computed twice, independently, with real
/// numbers: two windows, three books of 200 accounts, three rules, each with and without the cap
/// and the escalation of our own design.
///
/// Lots of 1e-8 stand for real numbers, so an amount may differ by the value of a lot. Halving
/// leaves ever smaller rests; when a rest is a few hundred lots, rounding up to a lot can move its
/// end to another bar: sums of `fixed50` may differ by `DUST`, a tenth of a cent per account.
class GoldenReplayTest {
  private static final List<String> WINDOWS = List.of("2020-03-covid", "2025-10-tariff");
  private static final List<String> BOOKS = List.of("eth", "btc", "mixed");
  private static final List<String> RULES = List.of("full", "fixed50", "target1.05");
  private static final List<String> VARIANTS = List.of("design", "literal");

  private static final BigDecimal LOT = new BigDecimal("1e-8");
  private static final BigDecimal PRINTED = new BigDecimal("1e-8");
  private static final BigDecimal SUMS = new BigDecimal("1e-5");
  private static final BigDecimal DUST = new BigDecimal("1e-3");
  private static final BigDecimal PERP_RATE = new BigDecimal("0.01");
  private static final BigDecimal LOAN_RATE = new BigDecimal("0.05");

  private static final Map<String, JsonNode> EXPECTED = new HashMap<>();
  private static final Map<String, PriceWindow> PRICES = new HashMap<>();

  record Case(String window, String book, String rule, String variant) {
    boolean isFull() {
      return rule.equals("full");
    }

    BigDecimal dust() {
      return rule.equals("fixed50") ? DUST : BigDecimal.ZERO;
    }
  }

  private static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String window : WINDOWS) {
      for (String book : BOOKS) {
        for (String rule : RULES) {
          VARIANTS.forEach(variant -> cases.add(new Case(window, book, rule, variant)));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyRowAndEveryTotalAgree(Case wanted) throws InterruptedException {
    RunResult run = play(wanted);
    JsonNode expected = expected(wanted);
    Map<String, JsonNode> rows = rows(expected, wanted.variant());
    int valueDecimals = 10;
    List<String> touched = new ArrayList<>();
    for (AccountOutcome account : run.accounts()) {
      String id = account.entered().id();
      if (account.isTouched()) {
        touched.add(id);
        assertThat(rows).as("accounts that may be touched").containsKey(id);
        compare(wanted, account, Objects.requireNonNull(rows.get(id)), valueDecimals);
      }
    }
    assertThat(touched).containsExactlyInAnyOrderElementsOf(rows.keySet());
    compareTotals(wanted, run, expected.get(wanted.variant()).get("totals"));
    Figures all = run.figures(AccountKind.ALL);
    assertThat(all.certificatesChecked()).isEqualTo(all.liquidations());
    assertThat(all.certificatesFailed()).isZero();
    assertThat(all.slippagePaid()).isZero();
    assertThat(all.worstImpactBps()).isZero();
  }

  private static void compare(Case wanted, AccountOutcome account, JsonNode row, int decimals) {
    Row expected = new Row(account.entered().id(), row);
    AccountOutcome.First first = account.first().orElseThrow();
    boolean isPerp = account.kind() == AccountKind.PERP;
    BigDecimal lotValue = LOT.multiply(price(account, first));
    BigDecimal rate = isPerp ? PERP_RATE : LOAN_RATE;
    expected.exactly("firstBar", 1, first.bar());
    expected.within("firstQuantityClosed", 4, first.quantityClosed(), LOT);
    expected.within(
        "firstPenalty", 5, usd(first.penalty(), decimals), lotValue.multiply(rate).add(PRINTED));
    BigDecimal sums = SUMS.add(lotValue).add(wanted.dust());
    AccountOutcome.Totals totals = account.totals();
    expected.within("notionalClosed", 6, usd(totals.notionalClosed(), decimals), sums);
    BigDecimal closed = account.closings().getFirst().quantityClosed();
    BigDecimal dustQuantity = LOT.multiply(BigDecimal.TWO);
    expected.within("quantityClosed", 7, closed, wanted.dust().signum() == 0 ? LOT : dustQuantity);
    expected.within("penalty", 8, usd(totals.penaltyPaid(), decimals), sums);
    expected.within("badDebt", 9, usd(totals.badDebt(), decimals), sums);
    expected.within("finalQuantity", 10, finalQuantity(account), dustQuantity);
    expected.within("finalCash", 11, usd(finalCash(account), decimals), sums);
    expected.within("finalEquityAtLastClose", 12, usd(account.equityAtEnd(), decimals), sums);
    if (wanted.isFull()) {
      expected.exactly("liquidations", 0, totals.liquidations());
      expected.exactly("lastBar", 2, account.lastBar());
    }
  }

  /// The larger of the first price and the price in the books: cash is on the latter's basis.
  private static BigDecimal price(AccountOutcome account, AccountOutcome.First first) {
    if (account.entered().positionCount() == 0) {
      return first.price();
    }
    long cents = account.entered().cost(0) / account.entered().quantity(0);
    return first.price().max(BigDecimal.valueOf(cents, 2));
  }

  private static BigDecimal finalQuantity(AccountOutcome account) {
    boolean isPerp = account.entered().positionCount() > 0;
    if (isPerp) {
      return account.ended().positionCount() == 0
          ? BigDecimal.ZERO
          : BigDecimal.valueOf(account.ended().quantity(0), 8);
    }
    long coins =
        account.ended().balances().stream()
            .filter(balance -> balance.asset() != 0)
            .mapToLong(balance -> balance.amount())
            .sum();
    return BigDecimal.valueOf(coins, 8);
  }

  private static long finalCash(AccountOutcome account) {
    long cash =
        account.ended().balances().stream()
            .filter(balance -> balance.asset() == 0)
            .mapToLong(balance -> balance.amount() - balance.debt())
            .sum();
    return cash - account.ended().positions().stream().mapToLong(position -> position.cost()).sum();
  }

  private static void compareTotals(Case wanted, RunResult run, JsonNode totals) {
    for (String kind : totals.propertyNames()) {
      Figures figures = run.figures(kind.equals("perp") ? AccountKind.PERP : AccountKind.LOAN);
      JsonNode expected = totals.get(kind);
      BigDecimal each = SUMS.add(new BigDecimal("1e-3")).add(wanted.dust());
      BigDecimal tolerance = each.multiply(BigDecimal.valueOf(figures.accountsTouched()));
      assertThat(figures.accountsTouched()).isEqualTo(expected.get("touched").asLong());
      assertThat(figures.accountsTouchedAgain()).isEqualTo(expected.get("touchedAgain").asLong());
      within(kind + " notionalClosed", figures.notionalClosed(), expected, tolerance);
      within(kind + " penalty", figures.penaltyPaid(), expected, tolerance);
      within(kind + " badDebt", figures.badDebt(), expected, tolerance);
      within(kind + " finalEquity", finalEquity(run, figures.kind()), expected, tolerance);
      assertThat(figures.fundDraw()).isEqualTo(figures.badDebt());
      if (wanted.isFull()) {
        assertThat(figures.liquidations()).isEqualTo(expected.get("liquidations").asLong());
      }
    }
  }

  /// Of all accounts, touched or not.
  private static BigDecimal finalEquity(RunResult run, AccountKind kind) {
    long sum =
        run.accounts().stream()
            .filter(account -> account.kind() == kind)
            .mapToLong(AccountOutcome::equityAtEnd)
            .sum();
    return usd(sum, 10);
  }

  private static void within(
      String what, BigDecimal actual, JsonNode totals, BigDecimal tolerance) {
    String key = what.substring(what.indexOf(' ') + 1);
    BigDecimal expected = new BigDecimal(totals.get(key).asString());
    assertThat(actual.subtract(expected).abs()).as(what).isLessThanOrEqualTo(tolerance);
  }

  /// A row of `expected.json`.
  private record Row(String account, JsonNode values) {
    void exactly(String field, int column, long actual) {
      assertThat(actual).as(account + " " + field).isEqualTo(values.get(column).asLong());
    }

    void within(String field, int column, BigDecimal actual, BigDecimal tolerance) {
      BigDecimal expected = new BigDecimal(values.get(column).asString());
      assertThat(actual.subtract(expected).abs())
          .as("%s %s: %s, expected %s", account, field, actual, expected)
          .isLessThanOrEqualTo(tolerance);
    }
  }

  private static BigDecimal usd(long valueUnits, int decimals) {
    return BigDecimal.valueOf(valueUnits, decimals);
  }

  private static RunResult play(Case wanted) throws InterruptedException {
    PriceWindow window = PRICES.computeIfAbsent(wanted.window(), PriceWindows.builtIn()::load);
    Listing listing =
        MarketsFile.read(resource("markets.yaml")).plainListing(WindowFeeds.of(window));
    PricePath path = PricePath.of(window, listing);
    Path file = resource(wanted.window() + "/" + wanted.book() + ".csv");
    Book book = Book.fromStart(BookFile.read(file, listing, path.marks(0)));
    OwnRulebook rulebook =
        RulebookFile.read(
            resource("rulebooks/" + wanted.rule() + "-" + wanted.variant() + ".yaml"));
    ReplaySetup setup =
        new ReplaySetup(
            listing, path, book, List.of(rulebook), List.of(BigDecimal.ZERO), List.of(), 0, 0);
    return Replay.run(setup, 1, ReplayProgress.none()).getFirst();
  }

  private static JsonNode expected(Case wanted) {
    return EXPECTED
        .computeIfAbsent(wanted.window(), GoldenReplayTest::readExpected)
        .get("books")
        .get(wanted.book())
        .get(wanted.rule());
  }

  /// The rows of `design`; those of `literal` are given where they differ.
  private static Map<String, JsonNode> rows(JsonNode expected, String variant) {
    Map<String, JsonNode> rows = new HashMap<>();
    JsonNode design = expected.get("design").get("accounts");
    design.propertyNames().forEach(id -> rows.put(id, design.get(id)));
    if (variant.equals("literal")) {
      JsonNode literal = expected.get("literal").get("accountsThatDifferFromDesign");
      literal.propertyNames().forEach(id -> rows.put(id, literal.get(id)));
    }
    return rows;
  }

  private static JsonNode readExpected(String window) {
    try (InputStream stream =
        GoldenReplayTest.class.getResourceAsStream("/golden/replay/" + window + "/expected.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(stream));
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Path resource(String name) {
    URL url = Objects.requireNonNull(GoldenReplayTest.class.getResource("/golden/replay/" + name));
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
