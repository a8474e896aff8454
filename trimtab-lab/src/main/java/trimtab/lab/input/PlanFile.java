package trimtab.lab.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimtab.core.account.Account;
import trimtab.core.account.Indices;
import trimtab.core.cost.CostCurves;
import trimtab.core.instrument.Contract;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.Term;
import trimtab.core.mark.Marks;
import trimtab.core.money.Decimals;
import trimtab.core.rulebook.Rulebook;

/// The input of one decision: an account, marks, a rulebook, and optionally markets and depth.
///
/// @param listing markets and assets of the plan: those that the marks name
/// @param account scaled to the listing, with interest and funding up to the plan's indices
/// @param marks prices of the listing's feeds
/// @param rulebook what decides
/// @param curves what trading costs beside the fee; free where `depth` says nothing
/// @param depthSymbols markets and assets that `depth` describes
/// @param dailyVolatilityPpm by feed: standard deviation of the daily log return, parts per
///   million, from `volatility` or else from `depth`; 0 where neither says it
public record PlanFile(
    Listing listing,
    Account account,
    Marks marks,
    Rulebook rulebook,
    CostCurves curves,
    List<String> depthSymbols,
    List<Long> dailyVolatilityPpm) {
  private static final String DEFAULT_RULEBOOK = "target-health";

  public PlanFile {
    depthSymbols = List.copyOf(depthSymbols);
    dailyVolatilityPpm = List.copyOf(dailyVolatilityPpm);
  }

  /// Reads a plan file. Other files that it names are found beside it.
  ///
  /// @throws InputException with everything that is wrong in it
  public static PlanFile read(Path file) {
    Problems problems = new Problems();
    Fields fields =
        Fields.of(
            Document.read(file),
            problems,
            "account",
            "marks",
            "asOf",
            "rulebook",
            "settlement",
            "assets",
            "markets",
            "depth",
            "volatility",
            "indices");
    Fields account = PlanAccount.fields(fields, problems);
    List<Mark> given = marks(fields, problems);
    Optional<Rulebook> rulebook = rulebook(file, fields, problems);
    MarketsFile markets = markets(file, fields, problems);
    long asOfNanos = asOfNanos(fields, problems);
    problems.throwIfAny();

    Listing listing = markets.listing(given.stream().map(Mark::feed).toList());
    requireAsOf(listing, fields, problems);
    Optional<Marks> atPrices = marks(listing, given, asOfNanos, problems);
    problems.throwIfAny();
    Marks marks = atPrices.orElseThrow();
    ListedNames names = new ListedNames(listing, marks);
    Indices indices = PlanIndices.read(fields.node("indices"), names, problems);
    problems.throwIfAny();
    Optional<Account> built = PlanAccount.read(account, indices, names, problems);
    problems.throwIfAny();

    Map<String, Node> depth = table(fields, "depth", problems).entries();
    CostCurves curves = PlanDepth.read(depth, names, built.orElseThrow(), problems);
    List<Long> volatility =
        PlanVolatility.read(
            table(fields, "volatility", problems).entries(), depth, names, problems);
    problems.throwIfAny();
    return new PlanFile(
        listing,
        built.orElseThrow(),
        marks,
        rulebook.orElseThrow(),
        curves,
        List.copyOf(depth.keySet()),
        volatility);
  }

  private static Fields table(Fields fields, String key, Problems problems) {
    return fields
        .node(key)
        .map(node -> Fields.anyKeys(node, problems))
        .orElseGet(() -> Fields.none(fields.place()));
  }

  /// The price of a series, with the decimals in which it is written.
  private record Mark(Place place, String symbol, String text, Step price) {
    FeedSpec feed() {
      return new FeedSpec(symbol, price.decimals(), price.units());
    }
  }

  private static List<Mark> marks(Fields fields, Problems problems) {
    List<Mark> marks = new ArrayList<>();
    Map<String, Node> entries =
        fields
            .requiredNode("marks")
            .map(node -> Fields.anyKeys(node, problems).entries())
            .orElse(Map.of());
    entries.forEach((symbol, node) ->
        Fields.scalar(node, problems)
            .ifPresent(text ->
                problems
                    .attempt(node.place(), () -> Step.parse(text))
                    .ifPresent(price -> marks.add(new Mark(node.place(), symbol, text, price)))));
    return marks;
  }

  private static Optional<Marks> marks(
      Listing listing, List<Mark> given, long asOfNanos, Problems problems) {
    long[] prices = new long[given.size()];
    for (int feed = 0; feed < prices.length; feed++) {
      Mark mark = given.get(feed);
      int decimals = listing.feeds().get(feed).priceDecimals();
      prices[feed] =
          problems.attempt(mark.place(), () -> Decimals.parse(mark.text(), decimals)).orElse(1L);
    }
    return problems.isEmpty() ? Optional.of(Marks.of(asOfNanos, prices)) : Optional.empty();
  }

  private static Optional<Rulebook> rulebook(Path file, Fields fields, Problems problems) {
    Node node = fields.node("rulebook").orElse(new Node.Scalar(fields.place(), DEFAULT_RULEBOOK));
    if (!(node instanceof Node.Scalar(Place place, String text))) {
      return RulebookSource.read(node, "", problems);
    }
    if (RulebookSource.names().contains(text)) {
      return Optional.of(RulebookSource.named(text));
    }
    if (!text.contains(".")) {
      problems.add(
          place,
          "no built-in rulebook '%s'%s; a file needs its ending, as in my-rules.yaml"
              .formatted(text, NearestWord.hint(text, RulebookSource.names())));
      return Optional.empty();
    }
    return beside(file, place, text, problems).map(RulebookSource::read);
  }

  /// A markets file as it stands where one is named, else the entries written here before the
  /// shipped ones.
  private static MarketsFile markets(Path file, Fields fields, Problems problems) {
    MarketsFile shipped = MarketsFile.shipped();
    if (fields.node("markets").orElse(null) instanceof Node.Scalar(Place place, String name)) {
      if (fields.has("assets") || fields.has("settlement")) {
        problems.add(place, "a markets file is named here; write assets and settlement into it");
      }
      return beside(file, place, name, problems).map(MarketsFile::read).orElse(shipped);
    }
    return MarketsFile.of(fields, problems).over(shipped);
  }

  private static Optional<Path> beside(Path file, Place place, String name, Problems problems) {
    return problems.attempt(place, () -> file.resolveSibling(name));
  }

  /// Whether a dated contract was delivered depends on the instant.
  private static void requireAsOf(Listing listing, Fields fields, Problems problems) {
    for (Contract contract : listing.contracts()) {
      if (contract.term() instanceof Term.Dated && !fields.has("asOf")) {
        problems.add(
            fields.place(),
            "%s expires; say of when the marks are, as in asOf: 2025-10-10T21:20:00Z"
                .formatted(contract.symbol()));
      }
    }
  }

  private static long asOfNanos(Fields fields, Problems problems) {
    Optional<String> text = fields.optionalText("asOf");
    return text.isEmpty() ? 0 : ContractFields.nanos(text.get(), fields.place("asOf"), problems);
  }
}
