package trimtab.engine.account;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.BiFunction;
import trimtab.core.account.AccountView;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.health.RequirementModel;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.plan.Planner;
import trimtab.core.rulebook.Rulebook;
import trimtab.engine.breach.AccountSource;
import trimtab.engine.breach.BreachFinder;
import trimtab.engine.breach.BreachRule;
import trimtab.engine.journal.StateWriter;
import trimtab.engine.ledger.Ledger;

/// What the parts of the accounts' machine share: the listing, the accounts, their ledger, the rule
/// and the marks in force.
final class ShardState {
  private final Listing listing;
  private final RequirementModel requirements;
  private final Planner planner;
  private final AccountBook book;
  private final Ledger ledger;
  private final ValueBudget budget;
  private final BiFunction<AccountSource, BreachRule, BreachFinder> finders;
  private Optional<BreachFinder> finder = Optional.empty();
  private Optional<Rulebook> rulebook = Optional.empty();
  private final BitSet changedSinceMarks = new BitSet();
  private Optional<Marks> marks = Optional.empty();

  /// @param finders makes the breach finder over the accounts when the first rule arrives
  ShardState(Listing listing, BiFunction<AccountSource, BreachRule, BreachFinder> finders) {
    this.listing = listing;
    this.requirements = new LegSum(listing);
    this.planner = new Planner(listing, requirements);
    this.book = new AccountBook(listing);
    this.ledger = new Ledger(listing);
    this.budget = new ValueBudget(listing);
    this.finders = finders;
  }

  Listing listing() {
    return listing;
  }

  RequirementModel requirements() {
    return requirements;
  }

  Planner planner() {
    return planner;
  }

  AccountBook book() {
    return book;
  }

  Ledger ledger() {
    return ledger;
  }

  ValueBudget budget() {
    return budget;
  }

  boolean hasRulebook() {
    return rulebook.isPresent();
  }

  Rulebook rulebook() {
    return rulebook.orElseThrow();
  }

  boolean hasMarks() {
    return marks.isPresent();
  }

  Marks marks() {
    return marks.orElseThrow();
  }

  BreachFinder finder() {
    return finder.orElseThrow();
  }

  HealthModel model() {
    return model(rulebook());
  }

  HealthModel model(Rulebook rule) {
    return new HealthModel(listing, requirements, rule.base(), rule.netting());
  }

  Health assess(AccountView account) {
    return model().assess(account, marks());
  }

  Health assess(int account) {
    return assess(book.view(account));
  }

  /// Whether an account changed, or the rules did, after the marks in force: it waits for the next.
  boolean changedSinceMarks(int account) {
    return changedSinceMarks.get(account);
  }

  void mark(Marks changed) {
    changedSinceMarks.clear();
    marks = Optional.of(changed);
  }

  void use(Rulebook changed) {
    changedSinceMarks.set(0, book.accountCount());
    rulebook = Optional.of(changed);
    BreachRule rule = new BreachRule(model(changed), changed.thresholdPpm());
    finder.ifPresentOrElse(
        existing -> existing.rulesChanged(rule),
        () -> finder = Optional.of(finders.apply(book, rule)));
  }

  /// Whoever changes an account says so.
  void changed(int account) {
    changedSinceMarks.set(account);
    finder.ifPresent(existing -> existing.accountChanged(account));
  }

  void writeState(StateWriter out) {
    ListingState.write(out, listing);
    book.writeState(out);
    ledger.writeState(out);
    budget.writeState(out);
    out.putBoolean(rulebook.isPresent());
    rulebook.ifPresent(rule -> RulebookState.write(out, rule));
    out.putBoolean(marks.isPresent());
    marks.ifPresent(prices -> {
      out.putLong(prices.asOfNanos());
      for (int feed = 0; feed < prices.feedCount(); feed++) {
        out.putLong(prices.price(feed));
      }
    });
  }
}
