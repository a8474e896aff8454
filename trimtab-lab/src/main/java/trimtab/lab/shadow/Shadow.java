package trimtab.lab.shadow;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import trimtab.core.account.Account;
import trimtab.core.account.Leg.PairLeg;
import trimtab.core.account.Leg.PositionLeg;
import trimtab.core.account.Side;
import trimtab.core.cost.CostCurves;
import trimtab.core.health.Health;
import trimtab.core.health.HealthModel;
import trimtab.core.health.LegSum;
import trimtab.core.instrument.Listing;
import trimtab.core.mark.Marks;
import trimtab.core.plan.Plan;
import trimtab.core.plan.PlannedClosing;
import trimtab.core.plan.Planner;
import trimtab.core.rulebook.EpisodeState;
import trimtab.core.rulebook.MarketState;
import trimtab.core.rulebook.Rulebook;
import trimtab.core.rulebook.Trigger;
import trimtab.lab.input.VenueStream;
import trimtab.lab.input.VenueStream.Snapshot;
import trimtab.lab.input.VenueStream.VenueClosing;
import trimtab.lab.shadow.Difference.Kind;

/// Plays a venue's stream and asks a rulebook at every batch of prices and at every decision of the
/// venue what it would have done.
///
/// At one instant positions come before prices, prices before decisions. An account is what its
/// last snapshot says; after a decision of the venue it is judged again from its next snapshot on.
/// What the rulebook would close and the venue has not closed within the grace after the first
/// batch in breach is a difference, once per breach. Trading costs nothing here beyond the fee: the
/// stream tells of no depth.
public final class Shadow {
  /// Differences that are kept; all are counted.
  public static final int DIFFERENCES_MAX = 100_000;

  private final VenueStream stream;
  private final Rulebook rulebook;
  private final long graceNanos;
  private final HealthModel model;
  private final Planner planner;
  private final Map<String, Watched> accounts = new LinkedHashMap<>();
  private final List<Difference> differences = new ArrayList<>();
  private final EnumMap<Kind, Long> counts = new EnumMap<>(Kind.class);
  private Optional<Marks> marks = Optional.empty();
  private long batches;
  private long decisions;
  private long agreed;
  private long theirsNotional;
  private long oursNotional;

  /// An account as the stream tells of it.
  private static final class Watched {
    private Account account;
    private boolean stale;
    private boolean told;
    private Optional<Wanted> wanted = Optional.empty();

    Watched(Account account) {
      this.account = account;
    }
  }

  /// What the rulebook would close, since the first batch in breach.
  private record Wanted(long nanos, Marks marks, Ours ours) {}

  /// What the rulebook decides about an account.
  private record Ours(Health before, String reason, Optional<Plan.Close> plan) {}

  private Shadow(VenueStream stream, Rulebook rulebook, long graceNanos) {
    this.stream = stream;
    this.rulebook = rulebook;
    this.graceNanos = graceNanos;
    LegSum requirements = new LegSum(stream.listing());
    this.model =
        new HealthModel(stream.listing(), requirements, rulebook.base(), rulebook.netting());
    this.planner = new Planner(stream.listing(), requirements);
  }

  /// Plays a stream to its end.
  ///
  /// @param graceNanos how long the venue may take to close, not negative
  public static ShadowResult run(VenueStream stream, Rulebook rulebook, long graceNanos) {
    return new Shadow(stream, rulebook, graceNanos).run();
  }

  private ShadowResult run() {
    List<Snapshot> snapshots = stream.snapshots();
    List<Marks> prices = stream.prices();
    List<VenueClosing> closings = stream.closings();
    int snapshot = 0;
    int price = 0;
    int closing = 0;
    while (snapshot < snapshots.size() || price < prices.size() || closing < closings.size()) {
      long atSnapshot = snapshot < snapshots.size() ? snapshots.get(snapshot).nanos() : NEVER;
      long atPrice = price < prices.size() ? prices.get(price).asOfNanos() : NEVER;
      long atClosing = closing < closings.size() ? closings.get(closing).nanos() : NEVER;
      if (atSnapshot <= atPrice && atSnapshot <= atClosing) {
        tell(snapshots.get(snapshot++));
      } else if (atPrice <= atClosing) {
        judge(prices.get(price++));
      } else {
        int end = closing;
        while (end < closings.size() && closings.get(end).nanos() == atClosing) {
          end++;
        }
        decide(closings.subList(closing, end));
        closing = end;
      }
    }
    accounts.forEach((id, watched) -> giveUpOn(id, watched));
    return new ShadowResult(
        differences,
        counts,
        accounts.size(),
        batches,
        decisions,
        agreed,
        theirsNotional,
        oursNotional);
  }

  private static final long NEVER = Long.MAX_VALUE;

  private void tell(Snapshot snapshot) {
    Watched watched =
        accounts.computeIfAbsent(snapshot.account().id(), _ -> new Watched(snapshot.account()));
    watched.account = snapshot.account();
    watched.stale = false;
    watched.told = false;
  }

  private void judge(Marks batch) {
    accounts.forEach((id, watched) -> {
      if (watched.wanted.isPresent()
          && batch.asOfNanos() > watched.wanted.get().nanos() + graceNanos) {
        giveUpOn(id, watched);
      }
    });
    marks = Optional.of(batch);
    batches++;
    accounts
        .values()
        .forEach(watched -> {
          if (!watched.stale) {
            judge(watched, batch);
          }
        });
  }

  private void judge(Watched watched, Marks batch) {
    if (model.assess(watched.account, batch).isAtLeast(rulebook.thresholdPpm())) {
      watched.wanted = Optional.empty();
      watched.told = false;
      return;
    }
    if (watched.wanted.isEmpty() && !watched.told) {
      Ours ours = ours(watched.account, batch);
      if (ours.plan().isPresent()) {
        watched.wanted = Optional.of(new Wanted(batch.asOfNanos(), batch, ours));
      }
    }
  }

  /// The venue did not close what the rulebook would have closed.
  private void giveUpOn(String id, Watched watched) {
    watched.wanted.ifPresent(wanted -> {
      watched.told = true;
      watched.wanted = Optional.empty();
      add(difference(Kind.WE_ONLY, wanted.nanos(), id, wanted.marks(), wanted.ours(), List.of()));
    });
  }

  private Ours ours(Account account, Marks at) {
    Health health = model.assess(account, at);
    long now = at.asOfNanos();
    EpisodeState episode = EpisodeState.opened(now);
    return switch (rulebook.trigger(health, episode, now)) {
      case Trigger.Healthy() -> new Ours(health, "the account is not in breach", Optional.empty());
      case Trigger.Wait(String reason, long ignored) -> new Ours(health, reason, Optional.empty());
      case Trigger.Liquidate(String reason) ->
          switch (planner.plan(
              account, at, rulebook, CostCurves.FREE, episode, MarketState.fresh(now))) {
            case Plan.Nothing(Health before, String why) -> new Ours(before, why, Optional.empty());
            case Plan.Close close -> new Ours(close.before(), reason, Optional.of(close));
          };
    };
  }

  /// The venue's rows of one instant, account by account.
  private void decide(List<VenueClosing> closings) {
    Map<String, List<VenueClosing>> byAccount = new LinkedHashMap<>();
    for (VenueClosing closing : closings) {
      byAccount.computeIfAbsent(closing.account(), _ -> new ArrayList<>()).add(closing);
    }
    byAccount.forEach(this::decide);
  }

  private void decide(String id, List<VenueClosing> closings) {
    decisions++;
    long nanos = closings.getFirst().nanos();
    Watched watched = accounts.get(id);
    if (watched == null || marks.isEmpty()) {
      throw new UnknownAccountException(id, closings.getFirst().line());
    }
    Marks now = marks.get();
    Ours ours = ours(watched.account, now);
    watched.wanted = Optional.empty();
    watched.stale = true;
    Difference both = difference(Kind.SIZE, nanos, id, now, ours, closings);
    theirsNotional = Math.addExact(theirsNotional, both.theirsNotional());
    oursNotional = Math.addExact(oursNotional, both.oursNotional());
    if (ours.plan().isEmpty()) {
      add(difference(Kind.THEY_ONLY, nanos, id, now, ours, closings));
    } else if (both.legs().stream().anyMatch(leg -> leg.ours() != leg.theirs())) {
      add(both);
    } else if (both.legs().stream().anyMatch(leg -> isBeyond(leg, ours.plan().get()))) {
      add(difference(Kind.PRICE, nanos, id, now, ours, closings));
    } else {
      agreed++;
    }
  }

  private boolean isBeyond(Difference.Leg leg, Plan.Close plan) {
    if (leg.limitPrice().isEmpty() || leg.theirPrice().isEmpty()) {
      return false;
    }
    Side side =
        plan.closings().stream()
            .filter(planned -> symbol(planned).equals(leg.instrument()))
            .map(PlannedClosing::side)
            .findFirst()
            .orElse(Side.SELL);
    long worse = side.sign() * (leg.theirPrice().getAsLong() - leg.limitPrice().getAsLong());
    return worse > 0;
  }

  private void add(Difference difference) {
    counts.merge(difference.kind(), 1L, Long::sum);
    if (differences.size() < DIFFERENCES_MAX) {
      differences.add(difference);
    }
  }

  private Difference difference(
      Kind kind, long nanos, String id, Marks at, Ours ours, List<VenueClosing> theirs) {
    TreeMap<String, Difference.Leg> legs = new TreeMap<>();
    ours.plan()
        .ifPresent(plan ->
            plan.closings()
                .forEach(planned -> {
                  Difference.Leg leg =
                      new Difference.Leg(
                          symbol(planned),
                          planned.closing().quantity(),
                          0,
                          planned.closing().notional(),
                          0,
                          planned.limitPrice(),
                          OptionalLong.empty());
                  legs.merge(leg.instrument(), leg, Shadow::sum);
                }));
    for (VenueClosing closing : theirs) {
      legs.merge(closing.instrument(), leg(closing, at), Shadow::sum);
    }
    return new Difference(
        kind,
        nanos,
        id,
        at,
        ours.before(),
        ours.reason(),
        List.copyOf(legs.values()),
        ours.plan().map(Plan.Close::after).orElse(ours.before()),
        ours.plan().map(Plan.Close::leastNotional).orElse(OptionalLong.empty()),
        theirs.isEmpty() ? 0 : theirs.getFirst().line());
  }

  private Difference.Leg leg(VenueClosing closing, Marks at) {
    Listing listing = stream.listing();
    long unitValue =
        listing
            .contract(closing.instrument())
            .map(contract -> at.unitValue(listing, contract))
            .orElseGet(
                () -> at.unitValue(listing, listing.asset(closing.instrument()).orElseThrow()));
    return new Difference.Leg(
        closing.instrument(),
        0,
        closing.quantity(),
        0,
        Math.multiplyExact(closing.quantity(), unitValue),
        OptionalLong.empty(),
        closing.price() == 0 ? OptionalLong.empty() : OptionalLong.of(closing.price()));
  }

  private static Difference.Leg sum(Difference.Leg one, Difference.Leg other) {
    return new Difference.Leg(
        one.instrument(),
        Math.addExact(one.ours(), other.ours()),
        Math.addExact(one.theirs(), other.theirs()),
        Math.addExact(one.oursNotional(), other.oursNotional()),
        Math.addExact(one.theirsNotional(), other.theirsNotional()),
        one.limitPrice().isPresent() ? one.limitPrice() : other.limitPrice(),
        other.theirPrice().isPresent() ? other.theirPrice() : one.theirPrice());
  }

  private String symbol(PlannedClosing planned) {
    return switch (planned.closing().leg()) {
      case PositionLeg(int market) -> stream.listing().contracts().get(market).symbol();
      case PairLeg(int ignored, int collateral) ->
          stream.listing().assets().get(collateral).symbol();
    };
  }

  /// The venue closed something of an account that its stream has not told of yet.
  public static final class UnknownAccountException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String account;
    private final long line;

    UnknownAccountException(String account, long line) {
      super("no positions or prices of account '%s' before this decision".formatted(account));
      this.account = account;
      this.line = line;
    }

    public String account() {
      return account;
    }

    public long line() {
      return line;
    }
  }
}
