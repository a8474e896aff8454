package trimtab.lab.stress;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import trimtab.core.money.Ppm;
import trimtab.lab.input.Document;
import trimtab.lab.input.Fields;
import trimtab.lab.input.InputException;
import trimtab.lab.input.Node;
import trimtab.lab.input.Problems;
import trimtab.market.impact.ImpactCalibration;

/// What trading costs before any shock, by market. The resource `liquidity.yaml` is the shipped
/// file and explains every key.
///
/// @param impact multiple M of the square-root law
/// @param depthShare share of the daily volume that one side of a market takes in one step
/// @param markets by symbol, and `default`
public record LiquidityFile(
    double impact, double depthShare, Map<String, ImpactCalibration> markets) {
  /// The entry for whatever is not named.
  public static final String DEFAULT = "default";

  /// The largest multiple of the law.
  public static final BigDecimal IMPACT_MAX = BigDecimal.valueOf(100);

  private static final String SHIPPED = "liquidity.yaml";
  private static final double UNIT = Ppm.ONE;

  public LiquidityFile {
    markets = Map.copyOf(markets);
  }

  /// The file that comes with the program.
  public static LiquidityFile shipped() {
    try (InputStream stream = LiquidityFile.class.getResourceAsStream(SHIPPED)) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks its own resource " + SHIPPED);
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return of(Document.parse(SHIPPED, text), new LiquidityFile(1, 1, Map.of()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// A file over the shipped one.
  ///
  /// @throws InputException with everything that is wrong in it
  public static LiquidityFile read(Path file) {
    return of(Document.read(file), shipped());
  }

  private static LiquidityFile of(Node root, LiquidityFile base) {
    Problems problems = new Problems();
    Fields fields = Fields.of(root, problems, "impact", "depth", "markets");
    double impact = fields.notNegative("impact", Ppm.DECIMALS, ppm(base.impact)) / UNIT;
    if (impact > IMPACT_MAX.doubleValue()) {
      problems.add(fields.place("impact"), "must be at most " + IMPACT_MAX);
    }
    double depthShare = fields.share("depth", ppm(base.depthShare)) / UNIT;
    if (!(depthShare > 0)) {
      problems.add(fields.place("depth"), "must be above 0");
    }
    Map<String, ImpactCalibration> markets = new LinkedHashMap<>(base.markets);
    fields
        .node("markets")
        .map(node -> Fields.anyKeys(node, problems))
        .ifPresent(table ->
            table
                .entries()
                .forEach((symbol, node) ->
                    market(node, problems).ifPresent(market -> markets.put(symbol, market))));
    problems.throwIfAny();
    return new LiquidityFile(impact, depthShare, markets);
  }

  private static Optional<ImpactCalibration> market(Node node, Problems problems) {
    Fields fields = Fields.of(node, problems, "dailyVolatility", "dailyVolume");
    int before = problems.count();
    long volatility = fields.ppm("dailyVolatility");
    long volume = fields.decimal("dailyVolume", Ppm.DECIMALS);
    return problems.count() > before
        ? Optional.empty()
        : problems.attempt(
            node.place(), () -> new ImpactCalibration(volatility / UNIT, volume / UNIT));
  }

  private static long ppm(double value) {
    return Math.round(value * UNIT);
  }

  /// The same with another multiple of the law.
  public LiquidityFile withImpact(BigDecimal multiple) {
    return new LiquidityFile(multiple.doubleValue(), depthShare, markets);
  }

  /// The liquidity of a market; `default` if the file does not name it.
  public MarketLiquidity market(String symbol) {
    ImpactCalibration named = markets.get(symbol);
    ImpactCalibration calibration = named == null ? markets.get(DEFAULT) : named;
    if (calibration == null) {
      throw new InputException("no liquidity for '%s' and none for 'default'".formatted(symbol));
    }
    return new MarketLiquidity(calibration, impact, depthShare);
  }
}
