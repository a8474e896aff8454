package trimtab.lab.input;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import trimtab.core.account.Indices;

/// The table `indices` of a plan file: how far interest and funding have run.
final class PlanIndices {
  /// Digits of [Indices#INTEREST_ONE].
  private static final int INTEREST_DECIMALS = 12;

  private final ListedNames names;
  private final Problems problems;

  private PlanIndices(ListedNames names, Problems problems) {
    this.names = names;
    this.problems = problems;
  }

  /// The indices of a plan: what is not written has not moved.
  static Indices read(Optional<Node> node, ListedNames names, Problems problems) {
    int assets = names.listing().assets().size();
    int markets = names.listing().contracts().size();
    return node.map(table -> new PlanIndices(names, problems).read(table))
        .orElseGet(() -> Indices.start(assets, markets));
  }

  private Indices read(Node node) {
    Fields fields = Fields.of(node, problems, "deposit", "borrow", "funding");
    long[] deposit = interest(fields, "deposit");
    long[] borrow = interest(fields, "borrow");
    long[] funding = new long[names.listing().contracts().size()];
    fields
        .node("funding")
        .ifPresent(table ->
            Fields.anyKeys(table, problems)
                .entries()
                .forEach((symbol, entry) -> {
                  OptionalInt market = names.market(new Cell(entry.place(), symbol), problems);
                  market.ifPresent(
                      index -> funding[index] = PlanAccount.funding(names, index, entry, problems));
                }));
    return Indices.of(deposit, borrow, funding);
  }

  private long[] interest(Fields fields, String key) {
    long[] indices = new long[names.listing().assets().size()];
    Arrays.fill(indices, Indices.INTEREST_ONE);
    fields
        .node(key)
        .ifPresent(table ->
            Fields.anyKeys(table, problems)
                .entries()
                .forEach((symbol, entry) -> {
                  int before = problems.count();
                  OptionalInt asset = names.asset(new Cell(entry.place(), symbol), problems);
                  long index = Fields.decimal(entry, INTEREST_DECIMALS, problems);
                  if (problems.count() == before && index <= 0) {
                    problems.add(entry.place(), "must be positive; an index starts at 1");
                  } else if (problems.count() == before) {
                    indices[asset.getAsInt()] = index;
                  }
                }));
    return indices;
  }
}
