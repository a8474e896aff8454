package trimtab.app.report;

import java.util.ArrayList;
import java.util.List;

/// A table: the first column names its rows.
public final class HtmlTable {
  private final String name;
  private final List<String> heads = new ArrayList<>();
  private final List<String> rows = new ArrayList<>();
  private String caption = "";

  /// @param name for who cannot see it
  public HtmlTable(String name) {
    this.name = name;
  }

  /// A column of numbers.
  public HtmlTable column(String head) {
    heads.add("<th scope=\"col\">" + Html.escaped(head) + "</th>");
    return this;
  }

  /// A column of words.
  public HtmlTable words(String head) {
    heads.add("<th scope=\"col\" class=\"words\">" + Html.escaped(head) + "</th>");
    return this;
  }

  /// Cells of a row, as markup.
  public HtmlTable row(String rowName, List<String> cells) {
    rows.add(
        "<tr><th scope=\"row\">"
            + Html.escaped(rowName)
            + "</th>"
            + String.join("", cells)
            + "</tr>");
    return this;
  }

  public HtmlTable caption(String text) {
    caption = "<caption>" + Html.escaped(text) + "</caption>\n";
    return this;
  }

  /// A number.
  public static String cell(String text) {
    return "<td>" + Html.escaped(text) + "</td>";
  }

  /// A number that is the best of its column.
  public static String cell(String text, boolean best) {
    return best ? "<td class=\"best\">" + Html.escaped(text) + "</td>" : cell(text);
  }

  public static String word(String text) {
    return "<td class=\"words\">" + Html.escaped(text) + "</td>";
  }

  /// A bar of a share.
  ///
  /// @param share 0 to 1
  public static String bar(double share, boolean main) {
    return ("<td><svg class=\"cell\" viewBox=\"0 0 132 10\" aria-hidden=\"true\">"
            + "<rect class=\"track\" width=\"132\" height=\"10\" rx=\"2\"/>"
            + "<rect class=\"%s\" width=\"%s\" height=\"10\" rx=\"2\"/></svg></td>")
        .formatted(main ? "amount-main" : "amount", Html.number(132 * Math.clamp(share, 0, 1)));
  }

  public String html() {
    return Html.scrolling(
        name,
        "<table class=\"wide\">\n"
            + caption
            + "<thead><tr>"
            + String.join("", heads)
            + "</tr></thead>\n<tbody>\n"
            + String.join("\n", rows)
            + "\n</tbody></table>");
  }
}
