package trimtab.app.report;

import java.util.Locale;

/// Text and numbers inside a page.
public final class Html {
  private Html() {}

  /// Text that is no markup.
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /// A coordinate with one decimal.
  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /// What may be wider than the page scrolls in a region of its own.
  public static String scrolling(String name, String content) {
    return "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">%s</div>\n"
        .formatted(escaped(name), content);
  }
}
