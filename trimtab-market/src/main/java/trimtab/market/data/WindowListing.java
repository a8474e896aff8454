package trimtab.market.data;

import java.util.List;

/// A line of the catalogue: a window that can be loaded.
///
/// @param name name of the window
/// @param description what it holds, in one line
/// @param symbols all symbols it has, in alphabetical order
/// @param defaultSymbols the symbols that are loaded unless others are named
public record WindowListing(
    String name, String description, List<String> symbols, List<String> defaultSymbols) {
  /// Copies the lists and checks that the default is part of the whole.
  public WindowListing {
    symbols = List.copyOf(symbols);
    defaultSymbols = List.copyOf(defaultSymbols);
    if (defaultSymbols.isEmpty() || !symbols.containsAll(defaultSymbols)) {
      throw new IllegalArgumentException(
          name + ": default symbols " + defaultSymbols + " are not among " + symbols);
    }
  }
}
