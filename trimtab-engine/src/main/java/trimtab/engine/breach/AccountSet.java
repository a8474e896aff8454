package trimtab.engine.breach;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// A set of account slots that is walked in ascending order.
final class AccountSet {
  private long[] words = new long[1];

  void add(int account) {
    int word = account >>> 6;
    if (word >= words.length) {
      words = Arrays.copyOf(words, Math.max(word + 1, 2 * words.length));
    }
    words[word] |= 1L << account;
  }

  void addAll(int accountCount) {
    for (int account = 0; account < accountCount; account++) {
      add(account);
    }
  }

  /// Takes all members out, lowest first; what `taker` adds meanwhile to lower slots stays.
  void drain(IntConsumer taker) {
    for (int word = 0; word < words.length; word++) {
      long members = words[word];
      words[word] = 0;
      while (members != 0) {
        taker.accept((word << 6) + Long.numberOfTrailingZeros(members));
        members &= members - 1;
      }
    }
  }
}
