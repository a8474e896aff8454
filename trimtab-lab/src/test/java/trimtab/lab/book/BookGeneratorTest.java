package trimtab.lab.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Position;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.health.MarginKind;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.money.Wide;
import trimtab.lab.book.Book.Opening;
import trimtab.lab.book.BookParameters.LogNormal;
import trimtab.lab.book.BookParameters.Pareto;
import trimtab.lab.book.BookParameters.Range;
import trimtab.lab.mark.PricePath;
import trimtab.lab.mark.TestMarkets;

class BookGeneratorTest {
  private static final int BARS = 500;

  static final BookParameters PARAMETERS =
      new BookParameters(
          0.3,
          new Pareto(300, 3e6, 1.1),
          new BookParameters.Perp(
              new LogNormal(6, 0.8, 2, 50), 0.6, 0.35, 0.25, new Range(0.2, 0.8)),
          new BookParameters.Loan(new LogNormal(0.35, 0.9, 0.02, 4)),
          new Range(0, 1));

  private static PricePath path(Listing listing) {
    long[] btc = TestMarkets.still(BARS, 12_000_000);
    long[] eth = TestMarkets.still(BARS, 400_000);
    for (int bar = 0; bar < BARS; bar++) {
      btc[bar] -= bar * 1_000L;
      eth[bar] += bar * 77L;
    }
    return PricePath.of(TestMarkets.window(btc, eth), listing);
  }

  private static List<Opening> book(Listing listing, long seed, int accounts) {
    return new BookGenerator(PARAMETERS, listing, path(listing))
        .generate(seed, accounts)
        .openings();
  }

  @Test
  void splitMixGivesThePapersNumbers() {
    SplitMix64 random = new SplitMix64(1234567);
    assertThat(random.next()).isEqualTo(6457827717110365317L);
    assertThat(random.next()).isEqualTo(3203168211198807973L);
  }

  @Test
  void streamsOfOneSeedShareNoDraws() {
    Set<Long> draws = new HashSet<>();
    for (int stream = 0; stream < 1000; stream++) {
      SplitMix64 random = SplitMix64.stream(7, stream);
      for (int draw = 0; draw < 20; draw++) {
        draws.add(random.next());
      }
    }
    assertThat(draws).hasSize(20_000);
  }

  private static BookParameters with(Pareto equity, LogNormal leverage) {
    BookParameters.Perp perp = PARAMETERS.perp();
    return new BookParameters(
        0,
        equity,
        new BookParameters.Perp(leverage, perp.longShare(), 0, 0, perp.coinPortion()),
        PARAMETERS.loan(),
        PARAMETERS.entry());
  }

  @Test
  void leverageAboveTheInitialMarginShrinksThePositionsAndAddsNoMoney() {
    Listing listing = TestMarkets.tiered();
    BookGenerator bold =
        new BookGenerator(
            with(PARAMETERS.equity(), new LogNormal(900, 0, 900, 900)), listing, path(listing));
    BookGenerator meek =
        new BookGenerator(
            with(PARAMETERS.equity(), new LogNormal(2, 0, 2, 2)), listing, path(listing));
    List<Opening> high = bold.generate(3, 500).openings();
    List<Opening> low = meek.generate(3, 500).openings();
    for (int account = 0; account < 500; account++) {
      assertThat(high.get(account).account().balances())
          .isEqualTo(low.get(account).account().balances());
    }
  }

  @Test
  void anAccountTooSmallForALotBringsWhatTheLotNeeds() {
    Listing listing = TestMarkets.tiered();
    PricePath path = path(listing);
    LegSum requirements = new LegSum(listing);
    BookGenerator generator =
        new BookGenerator(
            with(new Pareto(0.01, 0.02, 1), new LogNormal(2, 0, 2, 2)), listing, path);
    for (Opening opening : generator.generate(3, 200).openings()) {
      Account account = opening.account();
      assertThat(Math.abs(account.quantity(0))).isEqualTo(100_000);
      Wide initial =
          requirements.requirement(account, path.marks(opening.bar()), MarginKind.INITIAL);
      Wide unit = Wide.of(1_000_000);
      Wide money = Wide.product(account.amount(0), 1_000_000);
      assertThat(money).isGreaterThanOrEqualTo(initial).isLessThan(initial.plus(unit));
    }
  }

  @Test
  void aSeedGivesOneBookAndMoreAccountsLeaveTheFirstAsTheyAre() {
    Listing listing = TestMarkets.tiered();
    List<Opening> small = book(listing, 7, 200);
    assertThat(book(listing, 7, 200)).isEqualTo(small);
    assertThat(book(listing, 7, 1000).subList(0, 200)).isEqualTo(small);
    assertThat(book(listing, 8, 200)).isNotEqualTo(small);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20251010})
  void everyAccountHasItsInitialMarginAtItsEntry(long seed) {
    Listing listing = TestMarkets.tiered();
    PricePath path = path(listing);
    LegSum requirements = new LegSum(listing);
    HealthModel model = new HealthModel(listing, requirements, Base.AUTO);
    for (Opening opening : book(listing, seed, 2000)) {
      Account account = opening.account();
      Marks marks = path.marks(opening.bar());
      Health health = model.assess(account, marks);
      Wide own = health.backing().minus(health.obligation()).plus(health.requirement());
      Wide initial = requirements.requirement(account, marks, MarginKind.INITIAL);
      assertThat(own).as(account.id()).isGreaterThanOrEqualTo(initial);
      if (!opening.isPerp()) {
        assertThat(health.isAtLeast(1_015_000)).as(account.id()).isTrue();
      }
      for (Position position : account.positions()) {
        long price = marks.price(position.market());
        assertThat(position.cost()).isEqualTo(position.quantity() * price);
        assertThat(position.quantity() % 100_000).isZero();
      }
    }
  }

  @Test
  void sharesAreThoseOfTheParameters() {
    List<Opening> book = book(TestMarkets.flat(), 1, 20_000);
    double loans = share(book, opening -> !opening.isPerp());
    double two = share(book, opening -> opening.account().positionCount() == 2);
    double late = share(book, opening -> opening.bar() >= BARS / 2);
    long longs = legs(book, true);
    long shorts = legs(book, false);
    assertThat(loans).isCloseTo(0.3, within(0.02));
    assertThat(two).isCloseTo(0.7 * 0.35, within(0.02));
    assertThat(late).isCloseTo(0.5, within(0.02));
    assertThat((double) longs / (longs + shorts)).isCloseTo(0.6, within(0.02));
  }

  @Test
  void sizesHaveAHeavyTail() {
    double[] sizes =
        book(TestMarkets.flat(), 1, 20_000).stream()
            .filter(Opening::isPerp)
            .mapToDouble(opening -> Math.abs(opening.account().quantity(0)))
            .sorted()
            .toArray();
    double whole = java.util.Arrays.stream(sizes).sum();
    double top = java.util.Arrays.stream(sizes, sizes.length * 99 / 100, sizes.length).sum();
    assertThat(top / whole).isGreaterThan(0.25);
  }

  private static double share(List<Opening> book, java.util.function.Predicate<Opening> which) {
    return (double) book.stream().filter(which).count() / book.size();
  }

  private static long legs(List<Opening> book, boolean isLong) {
    return book.stream()
        .flatMap(opening -> opening.account().positions().stream())
        .filter(position -> position.quantity() > 0 == isLong)
        .count();
  }
}
