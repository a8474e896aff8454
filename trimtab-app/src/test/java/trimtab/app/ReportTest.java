package trimtab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The report of `replay` and `stress`: one file, whole, that loads nothing and says what the JSON
/// says.
class ReportTest {
  private static final String BOOK = Path.of("..", "examples", "stress", "book.csv").toString();
  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\\s[^<>]*)?)>");
  private static final Set<String> VOID = Set.of("meta", "br", "link", "img", "input");
  private static final int SIZE_MAX = 2_000_000;

  @TempDir Path folder = Path.of("");

  private String replay(String name) throws IOException {
    Path file = folder.resolve(name);
    CommandLineRun run =
        CommandLineRun.of("replay", "--accounts", "300", "--report", file.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).endsWith("report: " + file + "\n");
    return Files.readString(file);
  }

  private String stress(String name, String grid) throws IOException {
    Path file = folder.resolve(name);
    CommandLineRun run =
        CommandLineRun.of("stress", "--book", BOOK, "--shock", grid, "--report", file.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    return Files.readString(file);
  }

  private static void isWhole(String html) {
    assertThat(html.length()).isLessThan(SIZE_MAX);
    assertThat(wrongTags(html)).isEmpty();
    assertThat(html)
        .doesNotContain(" src=", " href=", "url(", "@import", "style=\"", "NaN", "Infinity")
        .doesNotContainPattern("https?://(?!www\\.w3\\.org/2000/svg)");
    assertThat(inside(html, "style")).isEqualTo(policy(html, "style-src"));
    assertThat(inside(html, "script")).isEqualTo(policy(html, "script-src"));
    assertThat(html).contains("default-src 'none'");
  }

  /// Tags that close nothing or are never closed, outside scripts and styles.
  private static List<String> wrongTags(String html) {
    String markup =
        html.replaceAll("(?s)<(script|style)[^>]*>.*?</\\1>", "").replaceAll("(?s)<!.*?>", "");
    Deque<String> open = new ArrayDeque<>();
    Matcher tags = TAG.matcher(markup);
    while (tags.find()) {
      String tag = tags.group(2).toLowerCase(Locale.ROOT);
      if (VOID.contains(tag) || tags.group(3).endsWith("/")) {
        continue;
      }
      if (tags.group(1).isEmpty()) {
        open.push(tag);
      } else if (open.isEmpty() || !open.pop().equals(tag)) {
        return List.of("</" + tag + "> at " + tags.start());
      }
    }
    return List.copyOf(open);
  }

  /// Whatever can be worked has a place in the keyboard's order, and whatever is drawn has words.
  private static void isForEverybody(String html) {
    assertThat(after(html, "<svg "))
        .allSatisfy(svg -> {
          String head = svg.substring(0, svg.indexOf('>'));
          assertThat(head.contains("aria-hidden=\"true\"") || head.contains("role=\"img\""))
              .as(head)
              .isTrue();
          if (head.contains("role=\"img\"")) {
            assertThat(svg.substring(head.length() + 1).stripLeading())
                .matches("(?s)<title>[^<]{9,}</title>\\s*<desc>[^<]{9,}</desc>.*");
          }
        });
    assertThat(after(html, "<th[ >]")).allMatch(th -> th.startsWith("scope=\""));
    assertThat(after(html, "<pre[ >]")).allMatch(pre -> pre.startsWith("tabindex=\"0\""));
    assertThat(after(html, "class=\"scroll\""))
        .allMatch(region -> region.startsWith(" role=\"region\" tabindex=\"0\" aria-label=\""));
    assertThat(html).containsOnlyOnce("<h1>").contains("<main>", "<header>", "<footer>");
  }

  /// What follows each place where a pattern is found.
  private static List<String> after(String html, String pattern) {
    List<String> parts = List.of(html.split(pattern, -1));
    assertThat(parts).as(pattern).hasSizeGreaterThan(1);
    return parts.subList(1, parts.size());
  }

  /// The hash of the last element of a name without attributes.
  private static String inside(String html, String element) {
    Matcher found = Pattern.compile("(?s)<%s>(.*?)</%s>".formatted(element, element)).matcher(html);
    assertThat(found.find()).isTrue();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(found.group(1).getBytes(StandardCharsets.UTF_8));
      assertThat(found.find()).as("one %s", element).isFalse();
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static String policy(String html, String directive) {
    Matcher found = Pattern.compile(directive + " ('[^']*')").matcher(html);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static JsonNode data(String html) {
    Matcher found =
        Pattern.compile("(?s)<script type=\"application/json\" id=\"data\">(.*?)</script>")
            .matcher(html);
    assertThat(found.find()).isTrue();
    return JsonMapper.shared().readTree(found.group(1));
  }

  private static String whole(JsonNode amount) {
    BigDecimal rounded = amount.decimalValue().setScale(0, RoundingMode.HALF_EVEN);
    return String.format(Locale.ROOT, "%,d", rounded.longValueExact());
  }

  @Test
  void aReplaysReportIsWholeAndSaysWhatTheJsonSays() throws IOException {
    String html = replay("r.html");
    isWhole(html);
    isForEverybody(html);
    JsonNode json = data(html);
    CommandLineRun run = CommandLineRun.of("replay", "--accounts", "300", "--json");
    assertThat(json).isEqualTo(JsonMapper.shared().readTree(run.out()));
    for (JsonNode figures : json.get("rulebooks")) {
      boolean shown =
          figures.get("impact").decimalValue().compareTo(new BigDecimal("0.5")) == 0
              && !figures.get("kind").asString().equals("all");
      if (shown) {
        for (String key : List.of("notionalClosed", "friction", "penaltyPaid", "badDebt")) {
          assertThat(html).contains(">" + whole(figures.get(key)) + "</td>");
        }
      }
    }
    assertThat(html)
        .contains("Price, and what had been closed by then", "Health over time")
        .contains("Who bears the loss", "One liquidation in full", "class=\"leg-curve\"")
        .contains("The certificate holds", "./trimtab verify", "Method and limits")
        .contains("./trimtab replay --crash 2025-10-tariff --accounts 300 --seed 1")
        .doesNotContain("refused");
  }

  @Test
  void equalReplaysGiveEqualBytes() throws IOException {
    assertThat(replay("a.html")).isEqualTo(replay("b.html"));
  }

  @Test
  void aStresssReportIsWholeAndSaysWhatTheJsonSays() throws IOException {
    String html = stress("s.html", "price=-40..0:5 vol=0..100:50 depth=-80..0:40");
    isWhole(html);
    isForEverybody(html);
    JsonNode json = data(html);
    for (JsonNode rulebook : json.get("rulebooks")) {
      for (JsonNode point : rulebook.get("points")) {
        for (String key : List.of("liquidatableNotional", "toClose", "badDebt", "fundDraw")) {
          assertThat(html).contains("<td>" + whole(point.get(key)) + "</td>");
        }
      }
    }
    assertThat(html)
        .contains("Bad debt by shock, USD", "To be closed by shock, USD", "class=\"heat\"")
        .contains("Who bears the loss at the worst point", "The largest liquidations")
        .contains("sha256 ");
    assertThat(stress("t.html", "price=-40..0:5 vol=0..100:50 depth=-80..0:40")).isEqualTo(html);
  }

  @Test
  void aQuietStressHasAReportToo() throws IOException {
    String html = stress("q.html", "vol=0..50:50");
    isWhole(html);
    assertThat(html).contains("<h1>No account is liquidatable at any point of the grid.</h1>");
  }

  @Test
  void whatTheFileNamesCannotBreakThePage() throws IOException {
    Path book = folder.resolve("a<b>&\"c.csv");
    Files.writeString(
        book,
        "account,kind,instrument,quantity,price\n<i>x,perp,ETHUSDT,1,4000\n<i>x,collateral,USD,300,\n");
    Path file = folder.resolve("x.html");
    CommandLineRun run =
        CommandLineRun.of(
            "stress",
            "--book",
            book.toString(),
            "--shock",
            "price=-7",
            "--report",
            file.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    String html = Files.readString(file);
    isWhole(html);
    isForEverybody(html);
    assertThat(html).contains("&lt;i&gt;x").doesNotContain("<i>");
  }

  @Test
  void aFileThatIsNoReportIsNotOverwrittenByDefault() throws IOException {
    Path other = Path.of("report.html");
    boolean was = Files.exists(other);
    byte[] before = was ? Files.readAllBytes(other) : new byte[0];
    try {
      Files.writeString(other, "mine");
      CommandLineRun run = CommandLineRun.of("stress", "--book", BOOK, "--shock", "price=0");
      assertThat(run.err()).contains("note: no report is written: report.html is there");
      assertThat(Files.readString(other)).isEqualTo("mine");
      Files.delete(other);
      run = CommandLineRun.of("stress", "--book", BOOK, "--shock", "price=0");
      assertThat(run.out()).endsWith("report: report.html\n");
      assertThat(Files.readString(other)).startsWith("<!doctype html>");
    } finally {
      Files.deleteIfExists(other);
      if (was) {
        Files.write(other, before);
      }
    }
  }
}
