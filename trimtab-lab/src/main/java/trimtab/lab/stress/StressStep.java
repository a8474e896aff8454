package trimtab.lab.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import trimtab.core.account.Account;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.rulebook.Rulebook;
import trimtab.lab.stress.StressSetup.PriceMove;

/// Some accounts at one move of prices: under every rulebook, at every change of liquidity.
///
/// Who is in breach depends on the prices alone: doubles with a bound of their error sort out most
/// accounts, the exact health decides the rest. Those in breach are decided by formula where there
/// is one, else by the planner.
final class StressStep implements Callable<MoveTally> {
  private final StressSetup setup;
  private final PriceMove move;
  private final int from;
  private final int to;
  private final Listing listing;
  private final List<Rule> rules = new ArrayList<>();
  private final List<StressCurves> curves = new ArrayList<>();
  private final List<QuickCurves> quickCurves = new ArrayList<>();
  private final QuickAccount quickAccount;
  private final QuickStep quick;
  private final Outcome outcome;
  private final MoveTally tally;
  private final boolean alikeWhenBankrupt;

  /// @param quick its constants, if there are formulas for it
  private record Rule(
      Rulebook rulebook, Optional<QuickRule> quick, HealthModel model, PlannedStep planned) {}

  /// @param from first account
  /// @param to after the last account
  StressStep(StressSetup setup, PriceMove move, int from, int to, boolean withFormulas) {
    this.setup = setup;
    this.move = move;
    this.from = from;
    this.to = to;
    this.listing = setup.listing();
    int feeds = listing.feeds().size();
    this.outcome = new Outcome(feeds);
    this.tally = MoveTally.of(setup.rulebooks().size(), setup.liquidityMoves().size(), feeds);
    this.quickAccount = new QuickAccount(QuickMarkets.of(listing, move.marks()));
    this.quick = new QuickStep(quickAccount);
    LegSum requirements = new LegSum(listing);
    boolean understood = withFormulas && QuickMarkets.understands(listing);
    for (Rulebook rulebook : setup.rulebooks()) {
      HealthModel model =
          new HealthModel(listing, requirements, rulebook.base(), rulebook.netting());
      Optional<QuickRule> constants = understood ? QuickRule.of(rulebook) : Optional.empty();
      rules.add(new Rule(rulebook, constants, model, new PlannedStep(rulebook, model)));
    }
    this.alikeWhenBankrupt =
        rules.stream().allMatch(rule -> rule.quick().isPresent())
            && rules.stream()
                    .map(rule -> rule.quick().orElseThrow().whenBankrupt())
                    .distinct()
                    .count()
                == 1;
  }

  @Override
  public MoveTally call() {
    setup.liquidityMoves().forEach(change -> curves.add(setup.curves(move.marks(), change)));
    curves.forEach(each -> quickCurves.add(QuickCurves.of(each)));
    boolean[] inBreach = new boolean[rules.size()];
    for (int index = from; index < to; index++) {
      Account account = setup.accounts().get(index);
      quickAccount.load(account);
      if (judge(index, account, inBreach)) {
        decide(index, account, inBreach);
      }
    }
    return tally;
  }

  /// @return whether it is in breach under any rulebook
  private boolean judge(int index, Account account, boolean[] inBreach) {
    boolean any = false;
    long value = -1;
    for (int i = 0; i < inBreach.length; i++) {
      inBreach[i] = isInBreach(rules.get(i), account);
      if (inBreach[i]) {
        any = true;
        value = value < 0 ? value(account) : value;
        tally.breaches()[i].add(index, account.positionCount() > 0, value);
      }
    }
    return any;
  }

  private boolean isInBreach(Rule rule, Account account) {
    if (rule.quick().isPresent() && quickAccount.understood) {
      double excess = quickAccount.excess(rule.quick().get().threshold());
      if (Math.abs(excess) > quickAccount.error) {
        return excess < 0;
      }
    }
    return !rule.model().assess(account, move.marks()).isAtLeast(rule.rulebook().thresholdPpm());
  }

  private void decide(int index, Account account, boolean[] inBreach) {
    boolean isPerp = account.positionCount() > 0;
    boolean alike = alikeWhenBankrupt && quickAccount.understood && quickAccount.equity <= 0;
    for (int point = 0; point < curves.size(); point++) {
      boolean decided = false;
      for (int i = 0; i < inBreach.length; i++) {
        if (inBreach[i]) {
          if (!decided) {
            decide(account, rules.get(i), point);
          }
          decided = alike;
          tally.points()[i][point].add(index, isPerp, outcome);
        }
      }
    }
  }

  private void decide(Account account, Rule rule, int point) {
    outcome.clear();
    if (rule.quick().isEmpty()
        || !quick.decide(rule.quick().get(), quickCurves.get(point), outcome)) {
      outcome.clear();
      rule.planned().decide(account, move.marks(), curves.get(point), outcome);
    }
  }

  /// Value of the positions at the marks; of an account without any, of its collateral.
  private long value(Account account) {
    Marks marks = move.marks();
    long sum = 0;
    for (int i = 0; i < account.positionCount(); i++) {
      long unitValue = marks.unitValue(listing, listing.contracts().get(account.market(i)));
      sum = Math.addExact(sum, Math.multiplyExact(Math.absExact(account.quantity(i)), unitValue));
    }
    for (int i = 0; account.positionCount() == 0 && i < account.balanceCount(); i++) {
      long unitValue = marks.unitValue(listing, listing.assets().get(account.asset(i)));
      sum = Math.addExact(sum, Math.multiplyExact(Math.max(0, account.amount(i)), unitValue));
    }
    return sum;
  }
}
