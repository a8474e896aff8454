package trimtab.lab.input;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trimtab.core.instrument.Listing;
import trimtab.core.instrument.MarginTiers;
import trimtab.core.instrument.MarginTiers.Kind;
import trimtab.core.instrument.MarginTiers.Tier;
import trimtab.core.money.Decimals;
import trimtab.core.money.Ppm;

/// A markets file: terms of assets and markets by name, and `default` for those it does not name.
/// The resource `trimtab/lab/markets.yaml` is the shipped one and explains every key.
public final class MarketsFile {
  /// Decimals of the money in a markets file; also the fewest decimals of a listing's value unit.
  public static final int MONEY_DECIMALS = 8;

  /// The entry for whatever is not named.
  public static final String DEFAULT = "default";

  private static final String SHIPPED = "/trimtab/lab/markets.yaml";

  private final Place place;
  private final String settlement;
  private final Map<String, AssetTerms> assets;
  private final Map<String, MarketTerms> markets;

  private MarketsFile(
      Place place,
      String settlement,
      Map<String, AssetTerms> assets,
      Map<String, MarketTerms> markets) {
    this.place = place;
    this.settlement = settlement;
    this.assets = assets;
    this.markets = markets;
  }

  /// The file that comes with the program.
  public static MarketsFile shipped() {
    return of(Document.resource(MarketsFile.class, SHIPPED));
  }

  /// Reads a file.
  ///
  /// @throws InputException with everything that is wrong in it
  public static MarketsFile read(Path file) {
    return of(Document.read(file));
  }

  private static MarketsFile of(Node root) {
    Problems problems = new Problems();
    Fields fields = Fields.of(root, problems, "settlement", "assets", "markets");
    MarketsFile file = of(fields, problems);
    problems.throwIfAny();
    return file;
  }

  /// Reads the keys `settlement`, `assets` and `markets` of a table that may have others; what is
  /// missing stays empty.
  static MarketsFile of(Fields fields, Problems problems) {
    Map<String, AssetTerms> assets = new LinkedHashMap<>();
    Map<String, MarketTerms> markets = new LinkedHashMap<>();
    String settlement =
        fields
            .node("settlement")
            .map(node -> Fields.of(node, problems, "asset").text("asset"))
            .orElse("");
    fields
        .node("assets")
        .map(node -> Fields.anyKeys(node, problems))
        .ifPresent(
            table -> table.entries().forEach((n, e) -> assets.put(n, asset(n, e, problems))));
    fields
        .node("markets")
        .map(node -> Fields.anyKeys(node, problems))
        .ifPresent(table -> table.entries().forEach((n, e) -> markets.put(n, market(e, problems))));
    if (!settlement.isEmpty() && assets.containsKey(settlement)) {
      problems.add(
          assets.get(settlement).place(), "is the settlement currency; it has no terms of its own");
    }
    return new MarketsFile(fields.place(), settlement, assets, markets);
  }

  /// This file's entries before those of `base`, entry by entry.
  MarketsFile over(MarketsFile base) {
    Map<String, AssetTerms> allAssets = new LinkedHashMap<>(base.assets);
    allAssets.putAll(assets);
    Map<String, MarketTerms> allMarkets = new LinkedHashMap<>(base.markets);
    allMarkets.putAll(markets);
    String currency = settlement.isEmpty() ? base.settlement : settlement;
    return new MarketsFile(place, currency, allAssets, allMarkets);
  }

  /// The venue on which these price series trade: a perpetual for each of them, in their order, and
  /// the assets that they price.
  ///
  /// A series that the file does not name takes the entry `default`. The base asset of `XYZUSDT` is
  /// `XYZ`; if the file does not name it, it takes `default`, too. Value units have as many
  /// decimals as the most precise market has for price and quantity together, at least 8. A feed
  /// has at least the decimals of its series; it has more where its tick needs them.
  ///
  /// @throws InputException if a series has no entry, or an entry does not fit its series
  public Listing listing(List<FeedSpec> feeds) {
    Problems problems = new Problems();
    Optional<Listing> listing = new ListingBuilder(this, feeds, problems).build();
    problems.throwIfAny();
    return listing.orElseThrow();
  }

  /// Name of the settlement currency; USD if the file does not say.
  public String settlement() {
    return settlement.isEmpty() ? "USD" : settlement;
  }

  Map<String, AssetTerms> assets() {
    return assets;
  }

  Map<String, MarketTerms> markets() {
    return markets;
  }

  Place place() {
    return place;
  }

  private static AssetTerms asset(String name, Node node, Problems problems) {
    Fields fields =
        Fields.of(
            node,
            problems,
            "price",
            "decimals",
            "lot",
            "assetWeight",
            "debtWeight",
            "minimumOrder",
            "dust",
            "takerFee");
    if (name.equals(DEFAULT) && fields.has("price")) {
      problems.add(fields.place("price"), "the default of all assets has no price of its own");
    }
    int before = problems.count();
    long debtWeightPpm = fields.ppm("debtWeight", Ppm.ONE);
    if (debtWeightPpm < Ppm.ONE && problems.count() == before) {
      problems.add(fields.place("debtWeight"), "must be at least 1");
    }
    return new AssetTerms(
        node.place(),
        fields.optionalText("price"),
        decimals(fields, problems),
        step("lot", fields, problems),
        fields.share("assetWeight"),
        debtWeightPpm,
        fields.notNegative("minimumOrder", MONEY_DECIMALS, 0),
        fields.notNegative("dust", MONEY_DECIMALS, 0),
        fields.share("takerFee", 0));
  }

  private static MarketTerms market(Node entry, Problems problems) {
    Fields fields =
        Fields.of(
            entry,
            problems,
            "tick",
            "lot",
            "decimals",
            "minimumOrder",
            "dust",
            "takerFee",
            "initial",
            "maintenance");
    MarginTiers maintenance =
        fields.requiredNode("maintenance").map(node -> tiers(node, problems)).orElse(PLACEHOLDER);
    return new MarketTerms(
        entry.place(),
        step("tick", fields, problems),
        step("lot", fields, problems),
        decimals(fields, problems),
        fields.notNegative("minimumOrder", MONEY_DECIMALS, 0),
        fields.notNegative("dust", MONEY_DECIMALS, 0),
        fields.share("takerFee", 0),
        fields.node("initial").map(node -> tiers(node, problems)).orElse(maintenance),
        maintenance);
  }

  private static final MarginTiers PLACEHOLDER = MarginTiers.flat(Ppm.ONE);

  private static Optional<Integer> decimals(Fields fields, Problems problems) {
    if (!fields.has("decimals")) {
      return Optional.empty();
    }
    long decimals = fields.whole("decimals");
    if (decimals < 0 || decimals > Decimals.DECIMALS_MAX) {
      problems.add(fields.place("decimals"), "must be 0 to " + Decimals.DECIMALS_MAX);
      return Optional.empty();
    }
    return Optional.of((int) decimals);
  }

  private static Optional<Step> step(String key, Fields fields, Problems problems) {
    return fields
        .optionalText(key)
        .flatMap(text -> problems.attempt(fields.place(key), () -> Step.parse(text)));
  }

  /// One rate for every size, a list of `{from, rate}`, or `stepped:` with such a list.
  private static MarginTiers tiers(Node node, Problems problems) {
    return node instanceof Node.Table
        ? Fields.of(node, problems, "stepped")
            .requiredNode("stepped")
            .map(list -> tiers(Kind.STEPPED, list, problems))
            .orElse(PLACEHOLDER)
        : tiers(Kind.CONTINUOUS, node, problems);
  }

  private static MarginTiers tiers(Kind kind, Node node, Problems problems) {
    int before = problems.count();
    List<Tier> tiers =
        node instanceof Node.Scalar
            ? List.of(new Tier(0, rate(node, problems)))
            : Fields.items(node, problems).stream().map(item -> tier(item, problems)).toList();
    if (problems.count() > before) {
      return PLACEHOLDER;
    }
    return problems.attempt(node.place(), () -> new MarginTiers(kind, tiers)).orElse(PLACEHOLDER);
  }

  private static Tier tier(Node node, Problems problems) {
    Fields fields = Fields.of(node, problems, "from", "rate");
    long from = Math.max(0, fields.notNegative("from", MONEY_DECIMALS, 0));
    return new Tier(
        from, fields.requiredNode("rate").map(rate -> rate(rate, problems)).orElse(Ppm.ONE));
  }

  private static long rate(Node node, Problems problems) {
    int before = problems.count();
    long ppm = Fields.decimal(node, Ppm.DECIMALS, problems);
    boolean isRate = ppm > 0 && ppm <= Ppm.ONE;
    if (!isRate && problems.count() == before) {
      problems.add(node.place(), "a margin rate must be above 0 and at most 1");
    }
    return isRate ? ppm : Ppm.ONE;
  }
}
