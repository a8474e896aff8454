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

  /// The beginning of a drawing.
  ///
  /// @param title what it says, in one sentence
  /// @param description what can be read off it, for who cannot see it
  static String drawing(int width, int height, String title, String description) {
    return "<svg viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title><desc>%s</desc>\n"
        .formatted(width, height, escaped(title), escaped(description));
  }

  /// What may be wider than the page scrolls in a region of its own.
  public static String scrolling(String name, String content) {
    return "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">%s</div>\n"
        .formatted(escaped(name), content);
  }
}
