package trimtab.app.stress;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import trimtab.app.output.Numbers;
import trimtab.app.output.Paragraph;
import trimtab.app.output.Style;
import trimtab.app.output.Terminal;
import trimtab.lab.stress.StressResult;

/// The result of a stress for people: what was stressed, a table per rulebook, what it says, what
/// it means, how to repeat it.
public final class StressPage {
  private static final int WIDTH_MAX = 400;

  private static final String MEANING =
      "One step: every account is judged and planned on its own at each point, as if it traded alone;"
          + " what the closings do to the prices is not fed back. vol and depth change what closing"
          + " costs, price changes who is liquidatable. Bad debt is equity below zero after the step."
          + " Definitions: docs/stress.md";

  private final StressReport report;
  private final Terminal terminal;
  private final Numbers numbers;
  private final Style style;

  public StressPage(StressReport report, Terminal terminal) {
    this.report = report;
    this.terminal = terminal;
    this.numbers = new Numbers(terminal.unicode());
    this.style = new Style(terminal.stdoutColour());
  }

  public void print(PrintWriter out) {
    out.println(stressed());
    out.println(markets());
    StressTable table = new StressTable(report, numbers, style);
    int width = terminal.stdoutTerminal() ? terminal.columns() : WIDTH_MAX;
    for (StressResult result : report.results()) {
      out.println();
      out.println(style.bold(result.rulebook()));
      table.lines(result, width).forEach(out::println);
    }
    out.println();
    StressVerdict verdict = new StressVerdict(report, numbers);
    Paragraph paragraph = new Paragraph(terminal.columns());
    List<String> sentences = new ArrayList<>(List.of(verdict.finding()));
    sentences.addAll(verdict.details());
    paragraph.lines(String.join(" ", sentences)).forEach(out::println);
    out.println();
    paragraph.lines(MEANING).forEach(out::println);
    out.println("repeat: " + report.repeat());
    out.flush();
  }

  private String stressed() {
    return "%s: %s accounts, %s points, data %s"
        .formatted(
            report.book(),
            numbers.exact(report.setup().accounts().size(), 0),
            numbers.exact(report.results().getFirst().points().size(), 0),
            report.bookHash().substring(0, 12));
  }

  private String markets() {
    List<String> markets = new StressMarkets(report, numbers).lines();
    return markets.isEmpty() ? "no market" : "marks: " + String.join(", ", markets);
  }
}
