package trimtab.app.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import trimtab.app.picture.LegCurveSvg;

/// One self-contained page: it loads nothing, and its own policy forbids it to. Everything is in
/// the markup before a script runs; the script only adds buttons that copy.
public final class HtmlPage {
  /// First words of a report, by which one is known again.
  public static final String MARK = "<!doctype html><!-- Trimtab report -->";

  private final String title;
  private final String brand;
  private final String subject;
  private final StringBuilder body = new StringBuilder();
  private final StringBuilder footer = new StringBuilder();

  /// @param title the finding
  /// @param brand what kind of report it is
  /// @param subject what it is about
  public HtmlPage(String title, String brand, String subject) {
    this.title = title;
    this.brand = brand;
    this.subject = subject;
  }

  /// One of the figures under the title.
  ///
  /// @param unit may be empty
  /// @param beside what it is to be compared with
  public record Figure(String name, String value, String unit, String beside) {}

  public HtmlPage lead(List<String> sentences) {
    body.append("<p class=\"lead\">").append(Html.escaped(String.join(" ", sentences)));
    body.append("</p>\n");
    return this;
  }

  public HtmlPage figures(List<Figure> figures) {
    body.append("<dl class=\"figures\">\n");
    for (Figure figure : figures) {
      body.append(
          "<div><dt>%s</dt><dd class=\"value\">%s%s</dd><dd class=\"beside\">%s</dd></div>\n"
              .formatted(
                  Html.escaped(figure.name()),
                  Html.escaped(figure.value()),
                  figure.unit().isEmpty()
                      ? ""
                      : " <small>" + Html.escaped(figure.unit()) + "</small>",
                  Html.escaped(figure.beside())));
    }
    body.append("</dl>\n");
    return this;
  }

  public HtmlPage heading(String text) {
    body.append("<h2>").append(Html.escaped(text)).append("</h2>\n");
    return this;
  }

  public HtmlPage subheading(String text) {
    body.append("<h3>").append(Html.escaped(text)).append("</h3>\n");
    return this;
  }

  public HtmlPage paragraph(String text) {
    body.append("<p>").append(Html.escaped(text)).append("</p>\n");
    return this;
  }

  public HtmlPage note(String text) {
    body.append("<p class=\"note\">").append(Html.escaped(text)).append("</p>\n");
    return this;
  }

  /// Markup that is right already.
  public HtmlPage markup(String html) {
    body.append(html);
    return this;
  }

  /// The foot: what it rests on. Names and values alternate.
  public HtmlPage foot(String heading, List<String> paragraphs, List<String> namesAndValues) {
    footer.append("<h2>").append(Html.escaped(heading)).append("</h2>\n");
    for (String paragraph : paragraphs) {
      footer.append("<p>").append(Html.escaped(paragraph)).append("</p>\n");
    }
    footer.append("<dl>\n");
    for (int i = 0; i + 1 < namesAndValues.size(); i += 2) {
      footer.append(
          "<dt>%s</dt><dd>%s</dd>\n"
              .formatted(
                  Html.escaped(namesAndValues.get(i)), Html.escaped(namesAndValues.get(i + 1))));
    }
    footer.append("</dl>\n");
    return this;
  }

  /// Data for programs that read the page.
  public HtmlPage data(String json) {
    footer.append("<script type=\"application/json\" id=\"data\">\n");
    footer.append(json.replace("<", "\\u003c")).append("\n</script>\n");
    return this;
  }

  /// The whole file.
  public String text() {
    String style = resource("report.css") + LegCurveSvg.RULES;
    String script = resource("report.js");
    List<String> policy = new ArrayList<>();
    policy.add("default-src 'none'");
    policy.add("style-src 'sha256-%s'".formatted(hash(style)));
    policy.add("script-src 'sha256-%s'".formatted(hash(script)));
    policy.add("base-uri 'none'");
    policy.add("form-action 'none'");
    return MARK
        + "\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n"
            .formatted(String.join("; ", policy))
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + "<title>%s</title>\n".formatted(Html.escaped(title))
        + "<style>"
        + style
        + "</style>\n</head>\n<body>\n"
        + "<header><span><b>Trimtab</b> %s</span><span>%s</span></header>\n"
            .formatted(Html.escaped(brand), Html.escaped(subject))
        + "<main>\n<h1>%s</h1>\n".formatted(Html.escaped(title))
        + body
        + "</main>\n<footer>\n"
        + footer
        + "</footer>\n"
        + "<script>"
        + script
        + "</script>\n</body>\n</html>\n";
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static String resource(String name) {
    try (InputStream stream = HtmlPage.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks its own resource " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
