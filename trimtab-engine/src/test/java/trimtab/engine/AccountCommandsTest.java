package trimtab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static trimtab.engine.Venue.BTC_PERP;
import static trimtab.engine.Venue.ETH;
import static trimtab.engine.Venue.ETH_PERP;
import static trimtab.engine.Venue.USD;
import static trimtab.engine.Venue.price;
import static trimtab.engine.Venue.units;
import static trimtab.engine.Venue.usd;

import java.util.List;
import org.junit.jupiter.api.Test;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.AccountView;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurve;
import trimtab.core.health.Base;
import trimtab.core.health.Health;
import trimtab.core.health.Levels;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.Backstop;
import trimtab.core.rulebook.Cooldown;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.Fit;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.Objective;
import trimtab.core.rulebook.OnHarmfulClose;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.Rulebook;
import trimtab.core.rulebook.Settle;
import trimtab.core.rulebook.SizeDemand;
import trimtab.core.rulebook.Trigger;
import trimtab.engine.command.Command;
import trimtab.engine.command.MarketSide;
import trimtab.engine.event.Event;
import trimtab.engine.event.Refusal;

/// Every command that owners and the venue give, and every refusal.
class AccountCommandsTest {
  private final Desk desk = Desk.with(Venue.targetHealth());

  @Test
  void nothingCanBeDoneBeforeInstrumentsAreListed() {
    var fresh = new Desk(EngineSettings.standard());

    fresh.refuses(new Command.Deposit(1, 0, USD, 5), Refusal.NOTHING_LISTED);
    fresh.refuses(new Command.UseRulebook(2, Venue.full()), Refusal.NOTHING_LISTED);
    var told = fresh.send(new Command.ListInstruments(3, Venue.listing()));

    assertThat(told).containsExactly(new Event.InstrumentsListed(3, 3, 2));
    fresh.refuses(new Command.ListInstruments(4, Venue.listing()), Refusal.ALREADY_LISTED);
    fresh.refuses(new Command.MarkBatch(5, Marks.of(5, 1, 1)), Refusal.NO_RULEBOOK);
    fresh.account("a", List.of(new Balance(USD, 5, 0)), List.of());
    fresh.refuses(new Command.Withdraw(fresh.tick() + 9, 0, USD, 5), Refusal.NO_RULEBOOK);
    fresh.passSeconds(20);
    fresh.send(new Command.UseRulebook(fresh.tick(), Venue.full()));
    fresh.refuses(new Command.Withdraw(fresh.tick(), 0, USD, 5), Refusal.NO_MARKS);
    fresh.refuses(new Command.Trade(fresh.tick(), 0, ETH_PERP, 1, 1), Refusal.NO_MARKS);
  }

  @Test
  void timeDoesNotGoBack() {
    desk.refuses(new Command.Timer(desk.now() - 1), Refusal.TIME_WENT_BACK);

    assertThat(desk.send(new Command.Timer(desk.now()))).isEmpty();
  }

  @Test
  void anImportedAccountGetsTheNextSlot() {
    int first = desk.perpAccount("ann", 100, 1, 3_000);
    int second = desk.loanAccount("bob", 1, 2_000);

    assertThat(List.of(first, second)).containsExactly(0, 1);
    assertThat(desk.engine.account(1).id()).isEqualTo("bob");
    assertThat(desk.engine.health(0).equity()).isEqualTo(usd(100));
    assertThat(desk.engine.health(1).equity()).isEqualTo(usd(1_000));
  }

  @Test
  void accountsThatMakeNoSenseAreNotImported() {
    desk.perpAccount("ann", 100, 1, 3_000);

    refusesImport(account("ann"), Refusal.DUPLICATE_ACCOUNT);
    refusesImport(account("x", new Balance(3, 1, 0)), Refusal.UNKNOWN_INSTRUMENT);
    refusesImport(account("x", new Balance(ETH, -1, 0)), Refusal.BAD_AMOUNT);
    refusesImport(account("x", new Position(2, 1, 1)), Refusal.UNKNOWN_INSTRUMENT);
    refusesImport(account("x", new Position(0, 0, 1)), Refusal.BAD_AMOUNT);
    refusesImport(account("x", new Position(0, 1L << 50, 0)), Refusal.OUT_OF_RANGE);
    desk.send(new Command.ImportAccount(desk.tick(), account("x", new Balance(USD, -1, 0))));
    assertThat(desk.engine.accountCount()).as("money may be negative").isEqualTo(2);
  }

  private void refusesImport(Account account, Refusal reason) {
    desk.refuses(new Command.ImportAccount(desk.tick(), account), reason);
  }

  private static Account account(String id, Balance... balances) {
    return new Account(id, List.of(balances), List.of());
  }

  private static Account account(String id, Position position) {
    return new Account(id, List.of(), List.of(position));
  }

  @Test
  void depositsAddToWhatIsHeld() {
    int ann = desk.loanAccount("ann", 1, 2_000);

    var told = desk.send(new Command.Deposit(desk.tick(), ann, ETH, units(0.5)));

    assertThat(told).containsExactly(new Event.Deposited(desk.now(), ann, ETH, units(0.5)));
    assertThat(desk.engine.account(ann).balances())
        .containsExactly(new Balance(USD, 0, usd(2_000)), new Balance(ETH, units(1.5), 0));
    desk.refuses(new Command.Deposit(desk.tick(), 7, ETH, 1), Refusal.UNKNOWN_ACCOUNT);
    desk.refuses(new Command.Deposit(desk.tick(), -1, ETH, 1), Refusal.UNKNOWN_ACCOUNT);
    desk.refuses(new Command.Deposit(desk.tick(), ann, 3, 1), Refusal.UNKNOWN_INSTRUMENT);
    desk.refuses(new Command.Deposit(desk.tick(), ann, ETH, 0), Refusal.BAD_AMOUNT);
    desk.refuses(new Command.Deposit(desk.tick(), ann, ETH, Long.MAX_VALUE), Refusal.OUT_OF_RANGE);
  }

  @Test
  void aWithdrawalLeavesTheInitialRequirement() {
    // 10 ETH at 3,000: initial 4 % = 1,200; 2,000 are there.
    int ann = desk.perpAccount("ann", 2_000, 10, 3_000);

    desk.refuses(
        new Command.Withdraw(desk.tick(), ann, USD, usd(800) + 1),
        Refusal.BELOW_INITIAL_REQUIREMENT);
    var told = desk.send(new Command.Withdraw(desk.tick(), ann, USD, usd(800)));

    assertThat(told).containsExactly(new Event.Withdrawn(desk.now(), ann, USD, usd(800)));
    assertThat(desk.cash(ann)).isEqualTo(usd(1_200));
    desk.refuses(
        new Command.Withdraw(desk.tick(), ann, USD, usd(1_201)), Refusal.INSUFFICIENT_BALANCE);
    desk.refuses(new Command.Withdraw(desk.tick(), ann, ETH, 1), Refusal.INSUFFICIENT_BALANCE);
    desk.refuses(new Command.Withdraw(desk.tick(), ann, USD, -1), Refusal.BAD_AMOUNT);
  }

  @Test
  void aLoanKeepsItsCollateral() {
    // HF = 1 at 2,000 / 0.83 / 3,000 = 0.80321 ETH.
    int bob = desk.loanAccount("bob", 1, 2_000);

    desk.refuses(
        new Command.Withdraw(desk.tick(), bob, ETH, units(0.1968)),
        Refusal.BELOW_INITIAL_REQUIREMENT);
    desk.send(new Command.Withdraw(desk.tick(), bob, ETH, units(0.1967)));

    assertThat(desk.engine.health(bob).isAtLeast(1_000_000)).isTrue();
  }

  @Test
  void tradesOpenAddReduceAndTurn() {
    int ann = desk.account("ann", List.of(new Balance(USD, usd(5_000), 0)), List.of());

    assertThat(trade(ann, 2, 3_000).realised()).isZero();
    assertThat(trade(ann, 1, 3_030).realised()).isZero();
    assertThat(position(ann)).isEqualTo(new Position(0, units(3), usd(9_030)));
    assertThat(trade(ann, -1, 3_100).realised()).isEqualTo(usd(90));
    assertThat(position(ann)).isEqualTo(new Position(0, units(2), usd(6_020)));
    assertThat(trade(ann, -5, 3_000).realised()).isEqualTo(usd(-20));
    assertThat(position(ann)).isEqualTo(new Position(0, units(-3), usd(-9_000)));
    assertThat(trade(ann, 3, 3_010).realised()).isEqualTo(usd(-30));
    assertThat(desk.engine.account(ann).positions()).isEmpty();
    assertThat(desk.cash(ann)).isEqualTo(usd(5_000 + 90 - 20 - 30));
  }

  private Event.Traded trade(int account, double quantity, double at) {
    var told =
        desk.send(new Command.Trade(desk.tick(), account, ETH_PERP, units(quantity), price(at)));
    return Desk.only(told, Event.Traded.class);
  }

  private Position position(int account) {
    return desk.engine.account(account).positions().getFirst();
  }

  @Test
  void newRiskNeedsTheInitialRequirementLessRiskDoesNot() {
    int ann = desk.account("ann", List.of(new Balance(USD, usd(1_200), 0)), List.of());
    long ten = units(10);

    desk.refuses(
        new Command.Trade(desk.tick(), ann, ETH_PERP, ten + 1, price(3_000)),
        Refusal.BELOW_INITIAL_REQUIREMENT);
    trade(ann, 10, 3_000);
    desk.refuses(
        new Command.Trade(desk.tick(), ann, BTC_PERP, 1, price(60_000)),
        Refusal.BELOW_INITIAL_REQUIREMENT);
    desk.mark(2_960, 60_000);
    assertThat(desk.engine.health(ann).equity()).as("below the initial").isEqualTo(usd(800));
    assertThat(trade(ann, -1, 2_960).realised()).isEqualTo(usd(-40));
    desk.refuses(new Command.Trade(desk.tick(), ann, ETH_PERP, 0, price(1)), Refusal.BAD_AMOUNT);
    desk.refuses(new Command.Trade(desk.tick(), ann, ETH_PERP, 1, 0), Refusal.BAD_AMOUNT);
    desk.refuses(new Command.Trade(desk.tick(), ann, 2, 1, 1), Refusal.UNKNOWN_INSTRUMENT);
    desk.refuses(new Command.Trade(desk.tick(), 4, 0, 1, 1), Refusal.UNKNOWN_ACCOUNT);
    desk.refuses(
        new Command.Trade(desk.tick(), ann, ETH_PERP, Long.MAX_VALUE, price(3_000)),
        Refusal.OUT_OF_RANGE);
  }

  @Test
  void marksMustBeWholeInTimeAndInRange() {
    desk.perpAccount("ann", 1e6, 1_000, 3_000);
    long at = desk.tick();
    desk.passSeconds(9);

    desk.refuses(new Command.MarkBatch(at, Marks.of(at, 1)), Refusal.BAD_MARKS);
    desk.refuses(new Command.MarkBatch(at, Marks.of(at + 1, 1, 1)), Refusal.BAD_MARKS);
    desk.refuses(new Command.MarkBatch(at, Marks.of(0, 1, 1)), Refusal.BAD_MARKS);
    desk.refuses(
        new Command.MarkBatch(at, Marks.of(at, Marks.PRICE_MAX - 1, 1)), Refusal.OUT_OF_RANGE);
    assertThat(desk.engine.marks().price(0)).isEqualTo(price(3_000));
  }

  @Test
  void curvesBelongToWhatIsListed() {
    for (MarketSide side :
        List.of(
            MarketSide.contract(2, Side.SELL),
            MarketSide.contract(-1, Side.SELL),
            MarketSide.asset(3, Side.BUY))) {
      desk.refuses(
          new Command.CurveUpdate(desk.tick(), side, CostCurve.FREE), Refusal.UNKNOWN_INSTRUMENT);
    }
    MarketSide listed = MarketSide.asset(2, Side.BUY);
    assertThat(desk.send(new Command.CurveUpdate(desk.tick(), listed, CostCurve.FREE))).isEmpty();
  }

  @Test
  void aRulebookThatCannotJudgeAnAccountIsNotUsed() {
    Rulebook onlyLoans = new OnlyLoans();
    desk.perpAccount("ann", 1_000, 1, 3_000);

    desk.refuses(new Command.UseRulebook(desk.tick(), onlyLoans), Refusal.MISFIT);

    var empty = Desk.with(onlyLoans);
    empty.refuses(
        new Command.ImportAccount(empty.tick(), account("x", new Position(0, 1, 1))),
        Refusal.MISFIT);
  }

  @Test
  void anAccountThatGrowsOutOfItsRulebookWaitsForThatReason() {
    var loans = Desk.with(new OnlyLoans());
    int bob = loans.loanAccount("bob", 1, 2_000);
    loans.send(new Command.Trade(loans.tick(), bob, ETH_PERP, units(0.1), price(3_000)));

    var told = loans.mark(2_300, 60_000);

    assertThat(Desk.only(told, Event.EpisodeWaiting.class).reason()).isEqualTo("only loans");
    assertThat(loans.engine.waitsFor(bob)).isEqualTo("only loans");
  }

  /// The test rule for accounts without positions.
  private record OnlyLoans(Rulebook rule) implements Rulebook {
    OnlyLoans() {
      this(Venue.targetHealth());
    }

    @Override
    public Fit fits(AccountView account, Listing listing) {
      return account.positionCount() == 0 ? new Fit.Fits() : new Fit.Misfit("only loans");
    }

    @Override
    public String name() {
      return "only-loans";
    }

    @Override
    public Base base() {
      return rule.base();
    }

    @Override
    public Levels levels() {
      return rule.levels();
    }

    @Override
    public Trigger trigger(Health health, EpisodeState episode, long nowNanos) {
      return rule.trigger(health, episode, nowNanos);
    }

    @Override
    public SizeDemand size(Health health, EpisodeState episode, MarketState market, long nowNanos) {
      return rule.size(health, episode, market, nowNanos);
    }

    @Override
    public LegOrder legOrder() {
      return rule.legOrder();
    }

    @Override
    public Objective objective() {
      return rule.objective();
    }

    @Override
    public OnHarmfulClose onHarmfulClose() {
      return rule.onHarmfulClose();
    }

    @Override
    public PenaltyTerms penalty() {
      return rule.penalty();
    }

    @Override
    public Cooldown cooldown() {
      return rule.cooldown();
    }

    @Override
    public Settle settle() {
      return rule.settle();
    }

    @Override
    public Backstop backstop() {
      return rule.backstop();
    }
  }
}
