package trimtab.app.explain;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import trimtab.lab.input.InputException;
import trimtab.lab.input.Node;
import trimtab.lab.input.Place;

/// The `--accounts-json` file of a replay, read account by account: it may be larger than what is
/// read as a whole. Kept are the accounts that are asked for, or the dearest few.
final class AccountsFile {
  /// Accounts that are listed when none is asked for.
  static final int LISTED_MAX = 10;

  /// Records of the account that is asked for: one per run.
  static final int ASKED_MAX = 1_000;

  private static final int DEPTH_MAX = 16;

  private final Path file;
  private final Optional<String> account;
  private final JsonParser parser;
  private final List<Entry> kept = new ArrayList<>();
  private long touched;
  private long decisions;
  private String currency = "";
  private String run = "";
  private String impact = "";

  /// One account in one run.
  ///
  /// @param friction what its liquidations cost
  record Entry(String run, String impact, String id, BigDecimal friction, Node.Table values) {
    List<Node> decisions() {
      return values.entries().get("decisions") instanceof Node.Sequence(_, List<Node> items)
          ? items
          : List.of();
    }
  }

  /// What was found.
  ///
  /// @param currency of all amounts; empty in a file that does not say it
  /// @param kept dearest first, or of the account asked for in the order of the runs
  record Found(String currency, List<Entry> kept, long touched, long decisions) {}

  private AccountsFile(Path file, Optional<String> account, JsonParser parser) {
    this.file = file;
    this.account = account;
    this.parser = parser;
  }

  /// Reads a file.
  ///
  /// @param account whose records are wanted; empty: those that cost most
  /// @throws InputException if it is no such file
  static Found read(Path file, Optional<String> account) {
    try (InputStream stream = Files.newInputStream(file);
        JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), stream)) {
      return new AccountsFile(file, account, parser).read();
    } catch (IOException failure) {
      throw new InputException(
          Place.file(file.toString()), "cannot be read: " + failure.getMessage());
    } catch (JacksonException failure) {
      throw new InputException(
          new Place(file.toString(), Math.max(0, failure.getLocation().getLineNr()), ""),
          "is malformed: " + failure.getOriginalMessage());
    }
  }

  private Found read() {
    parser.nextToken();
    require(parser.currentToken() == JsonToken.START_OBJECT, "", "is no object");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "runs" -> runs();
        case "currency" -> currency = parser.getString();
        default -> parser.skipChildren();
      }
    }
    return new Found(currency, kept, touched, decisions);
  }

  private void runs() {
    require(parser.currentToken() == JsonToken.START_ARRAY, "runs", "must be a list");
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        switch (key) {
          case "name" -> run = parser.getString();
          case "impact" -> impact = parser.getString();
          case "accounts" -> accounts();
          default -> parser.skipChildren();
        }
      }
    }
  }

  private void accounts() {
    require(parser.currentToken() == JsonToken.START_ARRAY, "accounts", "must be a list");
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      Node node = node(place("accounts"), 0);
      if (node instanceof Node.Table table) {
        keep(table);
      }
    }
  }

  private void keep(Node.Table table) {
    String id = text(table, "account");
    Entry entry = new Entry(run, impact, id, decimal(table, "friction"), table);
    decisions += entry.decisions().size();
    touched += text(table, "liquidations").equals("0") ? 0 : 1;
    if (account.isPresent()) {
      if (account.get().equals(id)) {
        require(kept.size() < ASKED_MAX, "account", "has more than %d runs".formatted(ASKED_MAX));
        kept.add(entry);
      }
    } else if (!entry.decisions().isEmpty()) {
      kept.add(entry);
      kept.sort(Comparator.comparing(Entry::friction).reversed());
      if (kept.size() > LISTED_MAX) {
        kept.removeLast();
      }
    }
  }

  private String text(Node.Table table, String key) {
    Node node = table.entries().get(key);
    require(node instanceof Node.Scalar, key, "is missing; is this what replay wrote?");
    return node instanceof Node.Scalar(_, String text) ? text : "";
  }

  private BigDecimal decimal(Node.Table table, String key) {
    String text = text(table, key);
    require(text.matches("-?[0-9.]{1,60}"), key, "'" + text + "' is not a number");
    return new BigDecimal(text);
  }

  private Place place(String field) {
    return new Place(
        file.toString(), Math.max(0, parser.currentTokenLocation().getLineNr()), field);
  }

  private void require(boolean holds, String field, String message) {
    if (!holds) {
      throw new InputException(place(field), message);
    }
  }

  private Node node(Place place, int depth) {
    require(depth <= DEPTH_MAX, place.field(), "too many levels inside each other");
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Node> entries = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        entries.put(key, node(place(key), depth + 1));
      }
      return new Node.Table(place, entries);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Node> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node(place(place.field() + "[" + items.size() + "]"), depth + 1));
      }
      return new Node.Sequence(place, items);
    }
    return token == JsonToken.VALUE_NULL
        ? new Node.Empty(place)
        : new Node.Scalar(place, parser.getString());
  }
}
