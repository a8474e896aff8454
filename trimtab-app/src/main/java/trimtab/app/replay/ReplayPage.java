package trimtab.app.replay;

import java.io.PrintWriter;
import trimtab.app.output.Numbers;
import trimtab.app.output.Paragraph;
import trimtab.app.output.Style;
import trimtab.app.output.Terminal;
import trimtab.lab.replay.AccountKind;

/// The result of a replay for people: what was played, a table per kind, what it says, what it
/// means, how to repeat it.
public final class ReplayPage {
  private static final int WIDTH_MAX = 400;

  private static final String MEANING =
      "Friction = penalty + slippage + fixed costs + bad debt; slippage includes exchange fees. M"
          + " multiplies the calibrated impact of the liquidations on the price: M = 0 is the path"
          + " as it was, M = 1 a ceiling, as the path already contains the real liquidations."
          + " Prices are closes of spot minute bars: lows between closes are not seen, so bad debt"
          + " is a lower bound. Bold is the best of its column. Definitions: docs/replay.md";

  private final ReplayReport report;
  private final Terminal terminal;
  private final Numbers numbers;
  private final Style style;

  public ReplayPage(ReplayReport report, Terminal terminal) {
    this.report = report;
    this.terminal = terminal;
    this.numbers = new Numbers(terminal.unicode());
    this.style = new Style(terminal.stdoutColour());
  }

  public void print(PrintWriter out) {
    out.println(played());
    ReplayTable table = new ReplayTable(report, numbers, style);
    int width = terminal.stdoutTerminal() ? terminal.columns() : WIDTH_MAX;
    for (AccountKind kind : AccountKind.values()) {
      out.println();
      out.println(style.bold(title(kind)));
      table.lines(kind, width).forEach(out::println);
    }
    out.println();
    Paragraph paragraph = new Paragraph(terminal.columns());
    for (String sentence : new ReplayVerdict(report.currency(), numbers).sentences(report)) {
      paragraph.lines(sentence).forEach(out::println);
    }
    out.println(certificates());
    out.println();
    paragraph.lines(MEANING).forEach(out::println);
    out.println("repeat: " + report.repeat());
    out.flush();
  }

  private String played() {
    return "%s: %s minutes of %s, %s accounts (%s), data %s"
        .formatted(
            report.window().name(),
            numbers.exact(report.window().size(), 0),
            String.join(", ", report.window().symbols()),
            numbers.exact(report.book().openings().size(), 0),
            report.bookSource().equals("generated")
                ? "generated from seed " + report.seed()
                : report.bookSource(),
            report.window().dataHash().substring(0, 12));
  }

  private String title(AccountKind kind) {
    long accounts = report.results().getFirst().figures(kind).accounts();
    String counted = accounts == 1 ? "account" : "accounts";
    return "%s: %s %s".formatted(ReplayVerdict.name(kind), numbers.exact(accounts, 0), counted);
  }

  private String certificates() {
    String checked = numbers.exact(report.certificatesChecked(), 0);
    long failed = report.certificatesFailed();
    return failed == 0
        ? "All " + checked + " certificates hold."
        : style.level(
            Style.Level.BAD,
            "%s of %s certificates FAIL: do not trust these figures."
                .formatted(numbers.exact(failed, 0), checked));
  }
}
