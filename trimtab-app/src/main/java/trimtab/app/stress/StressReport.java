package trimtab.app.stress;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import trimtab.app.output.Numbers;
import trimtab.lab.stress.ShockGrid;
import trimtab.lab.stress.StressPoint;
import trimtab.lab.stress.StressResult;
import trimtab.lab.stress.StressSetup;

/// Everything that the output of a stress is made of.
///
/// @param setup what was stressed
/// @param book its file
/// @param bookHash SHA-256 of it
/// @param results by rulebook
/// @param repeat the command that gives the same results
public record StressReport(
    StressSetup setup, String book, String bookHash, List<StressResult> results, String repeat) {
  public StressReport {
    results = List.copyOf(results);
  }

  /// Name of the settlement currency.
  String currency() {
    return setup.listing().settlement().symbol();
  }

  /// Whether all markets move alike at every point: then a price is one number.
  boolean movesAlike() {
    return results.getFirst().points().stream()
        .allMatch(point -> point.pricePpm().stream().distinct().count() <= 1);
  }

  /// The one change of all prices; that of the grid where the book has no market.
  Optional<Long> commonPricePpm(StressPoint point) {
    return movesAlike()
        ? Optional.of(
            point.pricePpm().isEmpty()
                ? setup.grid().changes(ShockGrid.Kind.PRICE).getFirst()
                : point.pricePpm().getFirst())
        : Optional.empty();
  }

  /// A point in words: `price -40 %, vol +50 %, depth -80 %`, without what does not change; `no
  /// shock` where nothing does.
  String name(StressPoint point, Numbers numbers) {
    List<String> words = new ArrayList<>();
    Optional<Long> common = commonPricePpm(point);
    if (common.isPresent()) {
      add(words, "price", common.get(), numbers);
    } else {
      for (int feed = 0; feed < point.pricePpm().size(); feed++) {
        add(words, setup.symbols().get(feed), point.pricePpm().get(feed), numbers);
      }
    }
    add(words, "vol", point.volatilityPpm(), numbers);
    add(words, "depth", point.depthPpm(), numbers);
    return words.isEmpty() ? "no shock" : String.join(", ", words);
  }

  private static void add(List<String> words, String what, long changePpm, Numbers numbers) {
    if (changePpm != 0) {
      words.add("%s %s%%".formatted(what, numbers.signed(ShockGrid.percentage(changePpm))));
    }
  }

  /// The place of the worst point: the most bad debt under any rulebook, then the most to be
  /// closed; the first of equals.
  int worst() {
    int worst = 0;
    for (int i = 1; i < results.getFirst().points().size(); i++) {
      int byDebt = mostBadDebt(i).compareTo(mostBadDebt(worst));
      if (byDebt > 0 || (byDebt == 0 && mostToClose(i).compareTo(mostToClose(worst)) > 0)) {
        worst = i;
      }
    }
    return worst;
  }

  private BigDecimal mostBadDebt(int point) {
    return results.stream()
        .map(result -> result.points().get(point).all().badDebt())
        .reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  private BigDecimal mostToClose(int point) {
    return results.stream()
        .map(result -> result.points().get(point).all().toClose())
        .reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  /// The whole result as one HTML file.
  ///
  /// @param version of the program
  public String html(String version) {
    return StressHtml.text(this, version);
  }

  /// The whole result for programs.
  public void writeJson(JsonGenerator json) {
    StressJson.write(json, this);
  }
}
