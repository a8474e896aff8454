package trimtab.app.replay;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import trimtab.app.output.JsonText;
import trimtab.app.output.Style;
import trimtab.app.output.Terminal;
import trimtab.market.data.WindowListing;

/// The windows that can be replayed.
public final class WindowList {
  private WindowList() {}

  public static void print(
      Optional<Path> data, PrintWriter out, boolean asJson, Terminal terminal) {
    List<WindowListing> windows = ReplayInput.windows(data).list();
    if (asJson) {
      JsonText.print(
          out,
          json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("windows");
            for (WindowListing window : windows) {
              json.writeStartObject();
              json.writeStringProperty("name", window.name());
              json.writeStringProperty("description", window.description());
              json.writeArrayPropertyStart("symbols");
              window.symbols().forEach(json::writeString);
              json.writeEndArray();
              json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
          });
      return;
    }
    Style style = new Style(terminal.stdoutColour());
    int width = windows.stream().mapToInt(window -> window.name().length()).max().orElse(0);
    for (WindowListing window : windows) {
      String name = window.name() + " ".repeat(width - window.name().length());
      String symbols = String.join(", ", window.symbols());
      out.println(style.bold(name) + "  " + window.description());
      // Where nothing is known of a window, its description is the list of its symbols.
      if (!window.description().equals(symbols)) {
        out.println(" ".repeat(width) + "  " + symbols);
      }
    }
    out.flush();
  }
}
