package trimtab.lab.stress;

import java.util.ArrayList;
import java.util.List;

/// The accounts with the largest amounts; of equals the one that comes first in the book.
final class Largest {
  /// Accounts that are kept.
  static final int KEPT = 10;

  private final long[] amounts = new long[KEPT];
  private final int[] accounts = new int[KEPT];
  private int size;

  /// @param account position in the book
  /// @param amount positive amounts count
  record Entry(int account, long amount) {}

  void offer(int account, long amount) {
    if (amount <= 0 || (size == KEPT && !isBefore(amount, account, size - 1))) {
      return;
    }
    int place = size < KEPT ? size++ : KEPT - 1;
    while (place > 0 && isBefore(amount, account, place - 1)) {
      amounts[place] = amounts[place - 1];
      accounts[place] = accounts[place - 1];
      place--;
    }
    amounts[place] = amount;
    accounts[place] = account;
  }

  private boolean isBefore(long amount, int account, int place) {
    return amount > amounts[place] || (amount == amounts[place] && account < accounts[place]);
  }

  void offerAll(Largest other) {
    for (int place = 0; place < other.size; place++) {
      offer(other.accounts[place], other.amounts[place]);
    }
  }

  /// Largest first.
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(size);
    for (int place = 0; place < size; place++) {
      entries.add(new Entry(accounts[place], amounts[place]));
    }
    return entries;
  }
}
