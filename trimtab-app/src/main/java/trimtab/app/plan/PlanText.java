package trimtab.app.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import trimtab.app.output.Numbers;
import trimtab.app.output.Scales;
import trimtab.app.output.Style;
import trimtab.app.output.Style.Level;
import trimtab.app.output.Terminal;
import trimtab.core.account.Account;
import trimtab.core.account.Account.Balance;
import trimtab.core.account.Account.Position;
import trimtab.core.account.Leg;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.account.Side;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.check.CheckResult;
import trimtab.core.health.Base;
import trimtab.core.health.Exposure;
import trimtab.core.health.Health;
import trimtab.core.health.PriceRange;
import trimtab.core.health.PriceRanges;
import trimtab.core.instrument.Asset;
import trimtab.core.instrument.Feed;
import trimtab.core.money.Ppm;
import trimtab.core.money.Wide;
import trimtab.core.plan.Choice;
import trimtab.core.plan.LegCurve;
import trimtab.core.plan.Plan;
import trimtab.core.plan.PlannedClosing;
import trimtab.core.rulebook.Figure;
import trimtab.core.rulebook.LegOrder;
import trimtab.core.rulebook.Objective;
import trimtab.core.rulebook.Settle;
import trimtab.core.settlement.Closing;
import trimtab.lab.input.PlanFile;

/// A decision for people: the verdict first, then why.
public final class PlanText {
  private final PlanFile input;
  private final Scales scales;
  private final Numbers numbers;
  private final Style style;
  private final Terminal terminal;
  private final List<String> lines = new ArrayList<>();

  private PlanText(PlanFile input, Terminal terminal) {
    this.input = input;
    this.numbers = new Numbers(terminal.unicode());
    this.scales = new Scales(input.listing(), numbers);
    this.style = new Style(terminal.stdoutColour());
    this.terminal = terminal;
  }

  /// The lines of a decision.
  public static List<String> lines(Decision decision, Terminal terminal) {
    PlanText text = new PlanText(decision.input(), terminal);
    switch (decision) {
      case Decision.Healthy healthy -> text.healthy(healthy);
      case Decision.Misfit misfit -> text.misfit(misfit);
      case Decision.Nothing nothing -> text.nothing(nothing);
      case Decision.Close close -> text.close(close);
    }
    return text.lines;
  }

  private void healthy(Decision.Healthy decision) {
    Health health = decision.before();
    if (health.baseAmount().signum() == 0) {
      lines.add(style.bold("nothing to close: the account owes nothing and has no position"));
      return;
    }
    Standing standing = Standing.of(input.rulebook().levels(), health);
    lines.add(
        style.bold(
                "nothing to close: the account is "
                    + (standing.isHealthy() ? "healthy" : "not in breach"))
            + ", health %s, threshold %s"
                .formatted(health.ratioText(threshold()), Ppm.format(threshold())));
    fact("level", standing.word(style) + ": " + standing.reason());
    boolean lending = health.base() == Base.OBLIGATION;
    fact(
        "why",
        "%s %s over %s %s: %s %s more than the threshold asks"
            .formatted(
                lending ? "backing" : "equity",
                weighted(health.numerator()),
                lending ? "obligation" : "requirement",
                weighted(health.baseAmount()),
                scales.exactMoney(health.excess(threshold()), Ppm.ONE * Ppm.ONE),
                settlement()));
    isolated();
    free();
    levels(decision.levels(), health);
    figures(decision.figures());
  }

  private void isolated() {
    input
        .account()
        .isolatedMarket()
        .ifPresent(market ->
            fact(
                "alone",
                "isolated in %s: nothing else backs it, and no other account pays for it"
                    .formatted(scales.contract(market).symbol())));
  }

  /// What may leave, under the initial requirement.
  private void free() {
    InitialMargin margin = InitialMargin.of(input);
    List<String> amounts =
        margin.free().stream()
            .map(free -> {
              Asset asset = scales.asset(free.asset());
              return scales.amount(asset, free.units()) + " " + asset.symbol();
            })
            .toList();
    if (!amounts.isEmpty()) {
      fact(
          "free",
          "%s may leave; the initial requirement%s is %s"
              .formatted(
                  String.join(" or ", amounts),
                  input.account().reserves().isEmpty() ? "" : " with open orders",
                  weighted(margin.health().requirement())));
    }
  }

  private void levels(List<FeedLevels> levels, Health health) {
    if (!health.isAtLeast(threshold())) {
      fact("price", "it is still in breach at the marks");
    } else if (levels.stream().allMatch(level -> level.breaches().isEmpty())) {
      fact(
          "price",
          "no single price brings it into breach, up to %d times the mark"
              .formatted(PriceRanges.MULTIPLE_MAX));
    }
    for (FeedLevels level : levels) {
      Feed feed = input.listing().feeds().get(level.feed());
      for (PriceRange range : level.breaches()) {
        fact("price", "%s breaches %s, all else equal".formatted(feed.name(), range(feed, range)));
      }
      for (PriceRange range : level.bankruptcies()) {
        fact("", "%s is bankrupt %s".formatted(feed.name(), range(feed, range)));
      }
    }
  }

  private String range(Feed feed, PriceRange range) {
    BigDecimal mark = BigDecimal.valueOf(input.marks().price(range.feed()));
    BigDecimal change = BigDecimal.valueOf(range.nearest()).subtract(mark);
    boolean tiny = change.abs().movePointRight(3).compareTo(mark) < 0;
    String distance = tiny ? numbers.basisPoints(change, mark) : numbers.percent(change, mark);
    long volatility = input.dailyVolatilityPpm().get(range.feed());
    String moves =
        volatility == 0
            ? ""
            : ", %.2f daily moves"
                .formatted(range.dailyMoves(input.marks().price(range.feed()), volatility));
    return "at %s%s (%s%s)"
        .formatted(
            scales.price(feed, range.nearest()),
            range.farthest().isEmpty()
                ? ""
                : " to " + scales.price(feed, range.farthest().getAsLong()),
            change.signum() > 0 ? "+" + distance : distance,
            moves);
  }

  private void misfit(Decision.Misfit decision) {
    lines.add(
        style.level(Level.BAD, "%s does not fit".formatted(input.rulebook().name()))
            + ": "
            + decision.reason());
    String health = decision.before().ratioText(threshold());
    lines.add("health %s, threshold %s".formatted(health, Ppm.format(threshold())));
    figures(decision.figures());
  }

  private void figures(List<Figure> figures) {
    List<String> texts = FigureLines.of(figures);
    for (int i = 0; i < texts.size(); i++) {
      fact(i == 0 ? "venue" : "", texts.get(i));
    }
  }

  private void nothing(Decision.Nothing decision) {
    lines.add(
        style.level(Level.BAD, "nothing is closed, though the account is in breach")
            + ": "
            + decision.reason());
    String health = decision.before().ratioText(threshold());
    lines.add("health %s, threshold %s".formatted(health, Ppm.format(threshold())));
    Standing standing = Standing.of(input.rulebook().levels(), decision.before());
    lines.add("level %s, severity %s".formatted(standing.word(style), severity(standing)));
    figures(decision.figures());
  }

  private void close(Decision.Close decision) {
    Plan.Close plan = decision.plan();
    for (int i = 0; i < plan.closings().size(); i++) {
      Account before = i == 0 ? input.account() : plan.closings().get(i - 1).closing().account();
      lines.add(style.bold(leg(plan.closings().get(i), before)));
    }
    lines.add(
        "health %s -> %s, target %s"
            .formatted(
                plan.before().ratioText(threshold()),
                plan.after().ratioText(target()),
                Ppm.format(target())));
    standing(plan);
    claim(decision);
    check(decision.check());
    cost(decision);
    exposure(decision);
    if (plan.after().equity() < 0) {
      fact(
          "short",
          "%s %s are missing after the close; %s"
              .formatted(
                  scales.money(Math.negateExact(plan.after().equity())),
                  settlement(),
                  plan.closings().getLast().closing().account().positions().isEmpty()
                      ? "the insurance fund pays"
                      : "nobody pays before the rest is closed"));
    }
    isolated();
    if (!input.account().reserves().isEmpty()) {
      fact("orders", "open orders count for initial margin alone; breach is judged without them");
    }
    for (Plan.Rejected rejected : plan.rejected()) {
      fact("left", name(rejected.leg(), input.account()) + ": " + rejected.reason());
    }
    if (!decision.levels().isEmpty()) {
      levels(decision.levels(), plan.after());
    }
    depthNotes(plan);
    lines.add("");
    lines.addAll(PlanPicture.text(decision, terminal));
  }

  private void standing(Plan.Close plan) {
    Standing before = Standing.of(input.rulebook().levels(), plan.before());
    Standing after = before.after(input.rulebook().levels(), plan.after());
    lines.add(
        "level %s -> %s, severity %s -> %s"
            .formatted(before.word(style), after.word(style), severity(before), severity(after)));
  }

  private static String severity(Standing standing) {
    return Ppm.format(standing.severityPpm());
  }

  private String leg(PlannedClosing planned, Account before) {
    Closing closing = planned.closing();
    String quantity = scales.quantity(closing.leg(), closing.quantity());
    return switch (closing.leg()) {
      case PositionLeg(int market) ->
          "close %s of %s %s, %s"
              .formatted(
                  quantity,
                  scales.quantity(closing.leg(), Math.absExact(positionQuantity(before, market))),
                  name(closing.leg(), before),
                  limit(planned, market));
      case PairLeg pair -> {
        Asset collateral = scales.asset(pair.collateralAsset());
        Asset debt = scales.asset(pair.debtAsset());
        long held = amount(before, pair.collateralAsset());
        yield "sell %s to repay %s %s of debt"
            .formatted(
                sold(collateral, closing.quantity(), held),
                scales.amount(debt, repaidUnits(closing, debt)),
                debt.symbol());
      }
    };
  }

  /// Gains that a contract will pay in an asset back its sale as what is held of it does.
  private String sold(Asset asset, long quantity, long held) {
    String amount = scales.amount(asset, quantity);
    return held >= quantity
        ? "%s of %s %s".formatted(amount, scales.amount(asset, held), asset.symbol())
        : "%s %s (%s held, the rest against unrealised gains)"
            .formatted(amount, asset.symbol(), scales.amount(asset, Math.max(0, held)));
  }

  private long repaidUnits(Closing closing, Asset debt) {
    long unitValue = input.marks().unitValue(input.listing(), debt);
    return Wide.product(closing.repaid(), input.listing().exactScale()).divFloor(unitValue);
  }

  private String limit(PlannedClosing planned, int market) {
    OptionalLong limit = planned.limitPrice();
    return limit.isEmpty()
        ? "no limit"
        : "limit " + scales.price(scales.feed(market), limit.getAsLong());
  }

  private void claim(Decision.Close decision) {
    switch (decision.plan().claim()) {
      case Claim.RestoresMinimal(_, _) -> minimal(decision);
      case Claim.Capped(String by) ->
          fact("why", "CAPPED by the %s: this slice does not reach the target".formatted(by));
      case Claim.RulePrescribed prescribed ->
          fact("why", "RULE_PRESCRIBED: " + prescribed.formula());
      case Claim.VenuePrescribed prescribed -> {
        fact("why", "VENUE_PRESCRIBED: " + prescribed.formula());
        figures(decision.figures());
      }
      case Claim.RestoresShare share ->
          fact(
              "why",
              "RESTORES_SHARE: the least that removes %s of the shortfall"
                  .formatted(Ppm.format(share.sharePpm())));
      case Claim.Relieves _ ->
          fact("why", "RELIEVES: only what raises health, as everything would cost too much");
      case Claim.ClosesAll(String reason) -> fact("why", "CLOSES_ALL: the " + reason + " says so");
      case Claim.Escalated(String reason) -> fact("why", "ESCALATED: " + reason);
    }
    if (decision.plan().grounds().isAnotherWay()
        && !(decision.plan().claim() instanceof Claim.Escalated)) {
      fact("step", decision.plan().grounds().step());
    }
    decision
        .plan()
        .leastNotional()
        .ifPresent(least -> comparedWithLeast(least, decision.plan().notional()));
  }

  private void choice(Choice choice) {
    String verb = choice.objective() == Objective.COST ? "costs" : "closes";
    String gap = "%s %s".formatted(scales.money(choice.gap()), settlement());
    ok(
        choice.exhausted()
            ? "no choice of the %d legs %s less; proven to within %s"
                .formatted(choice.offers().size(), verb, gap)
            : "no choice of the %d legs %s less than %s %s; gap %s"
                .formatted(
                    choice.offers().size(),
                    verb,
                    scales.money(choice.lowerBound()),
                    settlement(),
                    gap));
  }

  private static String nothingSmaller(Plan.Close plan) {
    LegOrder order = plan.choice().map(Choice::order).orElse(LegOrder.LEAST_COST);
    return switch (order) {
      case LEAST_COST ->
          plan.closings().size() == 1
              ? "no smaller order is admissible"
              : "no leg can be one size smaller, penalties at their full rate";
      case PROPORTIONAL -> "the next smaller share of every leg fails";
      case HEDGE_PRESERVING -> "no leg can be one size smaller without opening a hedge";
    };
  }

  private void minimal(Decision.Close decision) {
    decision.plan().choice().ifPresent(this::choice);
    PlannedClosing sized = decision.plan().closings().getLast();
    Optional<LegCurve.Point> less =
        decision.curve().smaller().filter(point -> point.excess().isNegative());
    ok(
        less.isEmpty()
            ? nothingSmaller(decision.plan())
            : "one lot less fails: %s -> %s"
                .formatted(
                    scales.quantity(sized.closing().leg(), less.get().quantity()),
                    less.get().health().ratioText(target())));
    if (sized.restoringPrice().isPresent()
        && sized.closing().leg() instanceof PositionLeg(int market)) {
      ok(
          "restores at an average price of %s or %s"
              .formatted(
                  scales.price(scales.feed(market), sized.restoringPrice().getAsLong()),
                  sized.side() == Side.SELL ? "more" : "less"));
    }
  }

  private void comparedWithLeast(long least, long closed) {
    if (closed == least) {
      return;
    }
    BigDecimal ratio =
        BigDecimal.valueOf(closed).divide(BigDecimal.valueOf(least), 2, RoundingMode.HALF_EVEN);
    fact(
        "least",
        "%s %s would have restored the target; this closes %s times as much"
            .formatted(scales.money(least), settlement(), numbers.text(ratio)));
  }

  private void check(CheckResult result) {
    switch (result) {
      case CheckResult.Holds(_) -> ok("checked by the independent checker");
      case CheckResult.Fails(List<String> findings) ->
          findings.forEach(finding -> lines.add("  " + style.level(Level.BAD, "no    ") + finding));
    }
  }

  private void cost(Decision.Close decision) {
    PlanTotals totals = PlanTotals.of(decision.plan());
    List<String> parts =
        numbers.moneyParts(
            input.listing().valueDecimals(), totals.penalty(), totals.slippage(), totals.fee());
    fact(
        "cost",
        "%s %s = penalty %s + slippage %s (%s) + fee %s"
            .formatted(
                parts.get(3),
                settlement(),
                parts.get(0),
                parts.get(1),
                numbers.basisPoints(
                    BigDecimal.valueOf(totals.slippage()), BigDecimal.valueOf(totals.notional())),
                parts.get(2)));
    decision.fullClosure().ifPresent(full -> comparedWithFull(full, totals));
  }

  private void comparedWithFull(FullClosure full, PlanTotals totals) {
    long saved = full.totals().cost() - totals.cost();
    fact(
        "full",
        "closing everything%s would have cost %s %s:"
            .formatted(
                full.cutByDepth() ? " that the depth takes" : "",
                scales.money(full.totals().cost()),
                settlement()));
    fact(
        "",
        "kept open against full closure %s %s, %s %s %s"
            .formatted(
                scales.money(full.totals().notional() - totals.notional()),
                settlement(),
                saved < 0 ? "lost on costs" : "saved on costs",
                scales.money(Math.abs(saved)),
                settlement()));
  }

  private void exposure(Decision.Close decision) {
    Exposure before = decision.exposureBefore();
    Exposure after = decision.exposureAfter();
    fact(
        "open",
        "exposure %s -> %s %s, leverage %s -> %s"
            .formatted(
                scales.money(before.gross()),
                scales.money(after.gross()),
                settlement(),
                leverage(before),
                leverage(after)));
    for (Exposure.Delta delta : before.deltas()) {
      fact(
          "delta",
          "%s %s -> %s %s"
              .formatted(
                  input.listing().feeds().get(delta.feed()).name(),
                  signedMoney(delta.value()),
                  signedMoney(after.delta(delta.feed())),
                  settlement()));
    }
  }

  private String signedMoney(long value) {
    return (value > 0 ? "+" : "") + scales.money(value);
  }

  private String leverage(Exposure exposure) {
    return exposure.equity() <= 0
        ? numbers.nothing()
        : numbers.text(
                BigDecimal.valueOf(exposure.gross())
                    .divide(BigDecimal.valueOf(exposure.equity()), 1, RoundingMode.HALF_EVEN))
            + "x";
  }

  private void depthNotes(Plan.Close plan) {
    if (input.rulebook().settle() == Settle.LIQUIDATOR_PAYS) {
      fact("note", "taken over at the mark: what trading costs is not the account's");
      return;
    }
    TreeSet<String> unknown = new TreeSet<>();
    for (PlannedClosing planned : plan.closings()) {
      String traded = tradedSymbol(planned.closing().leg());
      if (!traded.equals(settlement()) && !input.depthSymbols().contains(traded)) {
        unknown.add(traded);
      }
    }
    if (!unknown.isEmpty()) {
      fact(
          "note",
          "no depth is given for %s: no slippage counted".formatted(String.join(", ", unknown)));
    }
  }

  /// What an order for the leg trades.
  private String tradedSymbol(Leg leg) {
    return switch (leg) {
      case PositionLeg(int market) -> scales.contract(market).symbol();
      case PairLeg(int debt, int collateral) ->
          scales.asset(collateral == 0 ? debt : collateral).symbol();
    };
  }

  private String name(Leg leg, Account account) {
    return switch (leg) {
      case PositionLeg(int market) ->
          scales.contract(market).symbol()
              + (positionQuantity(account, market) > 0 ? " long" : " short");
      case PairLeg(int debt, int collateral) ->
          "%s against %s debt"
              .formatted(scales.asset(collateral).symbol(), scales.asset(debt).symbol());
    };
  }

  private static long positionQuantity(Account account, int market) {
    return account.positions().stream()
        .filter(position -> position.market() == market)
        .mapToLong(Position::quantity)
        .sum();
  }

  private static long amount(Account account, int asset) {
    return account.balances().stream()
        .filter(balance -> balance.asset() == asset)
        .mapToLong(Balance::amount)
        .sum();
  }

  private long threshold() {
    return input.rulebook().thresholdPpm();
  }

  private long target() {
    return input.rulebook().targetPpm();
  }

  private String settlement() {
    return input.listing().settlement().symbol();
  }

  private String weighted(Wide value) {
    return scales.exactMoney(value, Ppm.ONE);
  }

  private void ok(String text) {
    lines.add("  " + style.level(Level.GOOD, "ok    ") + text);
  }

  private void fact(String head, String text) {
    lines.add("  %-6s%s".formatted(head, text));
  }
}
