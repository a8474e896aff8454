package trimtab.app.shadow;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import trimtab.app.output.Numbers;
import trimtab.app.output.Scales;
import trimtab.app.output.Style;
import trimtab.app.output.Terminal;
import trimtab.core.account.Leg;
import trimtab.core.instrument.Feed;
import trimtab.core.instrument.Listing;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.Rulebook;
import trimtab.lab.shadow.Difference;
import trimtab.lab.shadow.Difference.Kind;
import trimtab.lab.shadow.ShadowResult;

/// What a venue and a rulebook decided differently, in words: every difference, then the counts.
public final class ShadowText {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Listing listing;
  private final Rulebook rulebook;
  private final Numbers numbers;
  private final Scales scales;
  private final Style style;
  private final List<String> lines = new ArrayList<>();

  private ShadowText(Listing listing, Rulebook rulebook, Terminal terminal) {
    this.listing = listing;
    this.rulebook = rulebook;
    this.numbers = new Numbers(terminal.unicode());
    this.scales = new Scales(listing, numbers);
    this.style = new Style(terminal.stdoutColour());
  }

  /// The lines of a comparison.
  public static List<String> lines(
      ShadowResult result, Listing listing, Rulebook rulebook, Terminal terminal) {
    ShadowText text = new ShadowText(listing, rulebook, terminal);
    result.differences().forEach(text::difference);
    text.summary(result);
    return text.lines;
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
  }

  private void difference(Difference difference) {
    String what =
        switch (difference.kind()) {
          case THEY_ONLY -> "they closed, we would not";
          case WE_ONLY -> "we would close, they did not";
          case SIZE -> "sizes differ";
          case PRICE -> "their price is beyond our limit";
        };
    lines.add(
        style.bold(
            "%s  %s: %s".formatted(instant(difference.nanos()), difference.account(), what)));
    String health =
        "%s, threshold %s"
            .formatted(
                difference.before().ratioText(rulebook.thresholdPpm()),
                Ppm.format(rulebook.thresholdPpm()));
    boolean weClose = difference.oursNotional() > 0;
    fact("health", weClose ? health : health + ": " + difference.reason());
    difference.legs().forEach(leg -> leg(difference, leg));
    if (weClose) {
      fact(
          "after",
          "health %s with ours, target %s"
              .formatted(
                  difference.afterOurs().ratioText(rulebook.targetPpm()),
                  Ppm.format(rulebook.targetPpm())));
    }
    overLiquidation(difference);
  }

  private void leg(Difference difference, Difference.Leg leg) {
    StringBuilder text = new StringBuilder(leg.instrument());
    text.append(": ours ").append(quantity(leg.instrument(), leg.ours()));
    text.append(", theirs ").append(quantity(leg.instrument(), leg.theirs()));
    price(text, ", limit ", leg, leg.limitPrice());
    price(text, ", their price ", leg, leg.theirPrice());
    feed(leg.instrument())
        .ifPresent(feed ->
            text.append(", mark ")
                .append(scales.price(listing.feeds().get(feed), difference.marks().price(feed))));
    fact("close", text.toString());
  }

  private void price(StringBuilder text, String words, Difference.Leg leg, OptionalLong price) {
    if (price.isPresent() && feed(leg.instrument()).isPresent()) {
      Feed feed = listing.feeds().get(feed(leg.instrument()).get());
      text.append(words).append(scales.price(feed, price.getAsLong()));
    }
  }

  private void overLiquidation(Difference difference) {
    if (difference.kind() != Kind.SIZE || difference.least().isEmpty()) {
      return;
    }
    BigDecimal least = BigDecimal.valueOf(difference.least().getAsLong());
    BigDecimal theirs = BigDecimal.valueOf(difference.theirsNotional());
    BigDecimal ratio = theirs.divide(least, 2, RoundingMode.HALF_EVEN);
    fact(
        "least",
        "%s %s would restore the target; they closed %s times as much"
            .formatted(
                scales.money(difference.least().getAsLong()),
                listing.settlement().symbol(),
                numbers.text(ratio)));
  }

  private void summary(ShadowResult result) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    if (result.differing() > result.differences().size()) {
      lines.add(
          "%s differences; the first %s are listed"
              .formatted(
                  numbers.exact(result.differing(), 0),
                  numbers.exact(result.differences().size(), 0)));
    }
    lines.add(
        style.bold(
                result.differing() == 0
                    ? "no difference"
                    : result.differing() == 1
                        ? "1 difference"
                        : result.differing() + " differences")
            + " between the venue and %s: %s accounts, %s price batches, %s decisions, %s agreed"
                .formatted(
                    rulebook.name(),
                    numbers.exact(result.accounts(), 0),
                    numbers.exact(result.batches(), 0),
                    numbers.exact(result.decisions(), 0),
                    numbers.exact(result.agreed(), 0)));
    lines.add(
        "they closed, we would not %d; we would, they did not %d; sizes %d; prices %d"
            .formatted(
                count(result, Kind.THEY_ONLY),
                count(result, Kind.WE_ONLY),
                count(result, Kind.SIZE),
                count(result, Kind.PRICE)));
    lines.add(
        "the venue closed %s %s; at the same decisions %s would have closed %s"
            .formatted(
                scales.money(result.theirsNotional()),
                listing.settlement().symbol(),
                rulebook.name(),
                scales.money(result.oursNotional())));
  }

  private static long count(ShadowResult result, Kind kind) {
    return result.counts().getOrDefault(kind, 0L);
  }

  private String quantity(String instrument, long units) {
    int market = listing.contractIndex(instrument);
    return market >= 0
        ? scales.quantity(new Leg.PositionLeg(market), units)
        : scales.amount(listing.asset(instrument).orElseThrow(), units);
  }

  private Optional<Integer> feed(String instrument) {
    return listing
        .contract(instrument)
        .map(contract -> contract.feed())
        .or(() -> listing.asset(instrument).map(asset -> asset.feed()).filter(feed -> feed >= 0));
  }

  private void fact(String head, String text) {
    lines.add("  %-8s%s".formatted(head, text));
  }
}
