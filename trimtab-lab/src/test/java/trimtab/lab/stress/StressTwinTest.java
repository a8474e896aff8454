package trimtab.lab.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.account.Account;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.lab.book.Book;
import trimtab.lab.book.BookGenerator;
import trimtab.lab.book.BookParametersFile;
import trimtab.lab.input.MarketsFile;
import trimtab.lab.input.RulebookList;
import trimtab.lab.mark.PricePath;
import trimtab.lab.mark.WindowFeeds;
import trimtab.market.data.PriceWindow;
import trimtab.market.data.PriceWindows;

/// The stress against its naive twin, which has the planner decide about every account at every
/// point.
class StressTwinTest {
  private static final PriceWindow WINDOW =
      PriceWindows.builtIn().load("2025-10-tariff", List.of("BTCUSDT", "ETHUSDT"));
  private static final Listing LISTING = MarketsFile.shipped().listing(WindowFeeds.of(WINDOW));
  private static final PricePath PATH = PricePath.of(WINDOW, LISTING);

  private static StressSetup setup(int seed, int accounts, String grid, double depth) {
    Book book =
        new BookGenerator(BookParametersFile.shipped(), LISTING, PATH).generate(seed, accounts);
    List<Account> entered = book.openings().stream().map(Book.Opening::account).toList();
    LiquidityFile shipped = LiquidityFile.shipped();
    LiquidityFile liquidity = new LiquidityFile(1, depth, shipped.markets());
    Marks marks = PATH.marks(PATH.bars() / 2);
    return new StressSetup(
        LISTING,
        marks,
        entered,
        RulebookList.of(List.of()),
        ShockGrid.parse(grid),
        LISTING.feeds().stream().map(feed -> liquidity.market(feed.name())).toList(),
        OptionalLong.empty());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void everyPointIsThePlanners(int seed) throws InterruptedException {
    StressSetup setup = setup(seed, 400, "price=-45..35:8 vol=0..400:200 depth=-90..0:90", 0.05);
    List<StressResult> naive = Stress.run(setup, 1, Stress.Progress.none(), false);
    assertThat(Stress.run(setup, 1, Stress.Progress.none())).isEqualTo(naive);
    assertThat(naive.getFirst().points())
        .anySatisfy(point -> assertThat(point.all().liquidatableAccounts()).isGreaterThan(100));
  }

  @Test
  void alsoWhereTheMarketsMoveApartAndAreThin() throws InterruptedException {
    StressSetup setup =
        setup(9, 300, "price.BTCUSDT=-30..30:20 price.ETHUSDT=-30..30:20 depth=-90", 0.000_01);
    List<StressResult> naive = Stress.run(setup, 1, Stress.Progress.none(), false);
    assertThat(Stress.run(setup, 1, Stress.Progress.none())).isEqualTo(naive);
    assertThat(naive.getFirst().points())
        .anySatisfy(
            point -> assertThat(point.concentration().depthUse().doubleValue()).isGreaterThan(1));
  }

  @ParameterizedTest
  @CsvSource({"2", "3", "7"})
  void anyNumberOfThreadsGivesTheSame(int threads) throws InterruptedException {
    // More accounts than one piece of work holds.
    StressSetup setup = setup(5, 5_000, "price=-30..0:30 vol=0..50:50", 0.05);
    assertThat(Stress.run(setup, threads, Stress.Progress.none()))
        .isEqualTo(Stress.run(setup, 1, Stress.Progress.none()));
  }

  /// The formulas must carry the load: if a change of the planner or of the rulebooks takes them
  /// out of use, this says so.
  @Test
  void mostAccountsAreDecidedByFormula() {
    StressSetup setup = setup(1, 1_000, "price=-30", 0.05);
    StressSetup.PriceMove move = setup.moves().getFirst();
    QuickAccount account = new QuickAccount(QuickMarkets.of(LISTING, move.marks()));
    QuickStep quick = new QuickStep(account);
    QuickCurves curves =
        QuickCurves.of(setup.curves(move.marks(), setup.liquidityMoves().getFirst()));
    List<QuickRule> rules =
        setup.rulebooks().stream().map(rule -> QuickRule.of(rule).orElseThrow()).toList();
    Outcome outcome = new Outcome(LISTING.feeds().size());
    List<Boolean> decided = new ArrayList<>();
    for (Account each : setup.accounts()) {
      account.load(each);
      for (QuickRule rule : rules) {
        if (account.excess(rule.threshold()) < 0) {
          outcome.clear();
          decided.add(quick.decide(rule, curves, outcome));
        }
      }
    }
    assertThat(decided).hasSizeGreaterThan(1_000);
    assertThat(decided.stream().filter(each -> each).count())
        .isGreaterThan(decided.size() * 9L / 10);
  }
}
