package trimtab.engine.account;

import java.util.List;
import java.util.TreeMap;
import trimtab.engine.journal.StateWriter;

/// All orders by number: those in flight, and the fills of those that ended lately, so that a fill
/// told again is known for what it is.
final class Slices {
  /// Ended orders whose fills are remembered.
  static final int ENDED_KEPT = 4_096;

  private final TreeMap<Long, Slice> inFlight = new TreeMap<>();
  private final TreeMap<Long, List<Long>> ended = new TreeMap<>();
  private long lastId;

  /// What is known of a number.
  sealed interface Known {
    record InFlight(Slice slice) implements Known {}

    /// Its order is over.
    ///
    /// @param fillIds its fills, as far as they are remembered
    record Ended(List<Long> fillIds) implements Known {}

    record Never() implements Known {}
  }

  long nextId() {
    return ++lastId;
  }

  void add(Slice slice) {
    inFlight.put(slice.id(), slice);
  }

  Known of(long id) {
    Slice slice = inFlight.get(id);
    if (slice != null) {
      return new Known.InFlight(slice);
    }
    return id >= 1 && id <= lastId
        ? new Known.Ended(ended.getOrDefault(id, List.of()))
        : new Known.Never();
  }

  void end(Slice slice) {
    inFlight.remove(slice.id());
    ended.put(slice.id(), slice.fillIds());
    if (ended.size() > ENDED_KEPT) {
      ended.pollFirstEntry();
    }
  }

  void writeState(StateWriter out) {
    out.putLong(lastId);
    out.putInt(inFlight.size());
    inFlight.values().forEach(slice -> slice.writeState(out));
    out.putInt(ended.size());
    ended.forEach((id, fillIds) -> {
      out.putLong(id);
      fillIds.forEach(out::putLong);
    });
  }
}
