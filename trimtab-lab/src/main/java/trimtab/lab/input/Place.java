package trimtab.lab.input;

/// Where in the input something stands.
///
/// @param source name of the file as the user gave it; empty for the command line
/// @param line counted from 1; 0 where no line is known
/// @param field path such as `markets.ETHUSDT.maintenance[0].rate`; empty for the whole file
public record Place(String source, long line, String field) {
  public static Place file(String source) {
    return new Place(source, 0, "");
  }

  /// The place of an entry of the table that stands here.
  public Place entry(String key, long entryLine) {
    return new Place(source, entryLine, field.isEmpty() ? key : field + "." + key);
  }

  /// The place of an item of the list that stands here.
  public Place item(int index, long itemLine) {
    return new Place(source, itemLine, field + "[" + index + "]");
  }

  /// `book.yaml:14: legs[0].quantity: `, as much of it as is known.
  String prefix() {
    String where = line > 0 ? source + ":" + line : source;
    return (where.isEmpty() ? "" : where + ": ") + (field.isEmpty() ? "" : field + ": ");
  }
}
