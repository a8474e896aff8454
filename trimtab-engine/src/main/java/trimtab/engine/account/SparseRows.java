package trimtab.engine.account;

import java.util.Arrays;
import trimtab.core.account.Account;

/// Rows of a key and two amounts, a few per account, ascending by key: what an account has, not
/// what the listing has, so that 200 markets do not cost 200 columns.
///
/// All rows of an account lie side by side in three flat arrays, in a block of a power of two; a
/// block that is outgrown is kept for the next account that needs its size.
final class SparseRows {
  /// Rows one account may have.
  private static final int ROWS_MAX = Account.LEGS_MAX;

  private static final int SIZES = Integer.numberOfTrailingZeros(ROWS_MAX) + 1;

  private int[] offset = new int[16];
  private int[] rows = new int[16];
  private byte[] size = new byte[16];
  private int[] keys = new int[64];
  private long[] first = new long[64];
  private long[] second = new long[64];
  private int used;
  private final int[][] free = new int[SIZES][0];
  private final int[] freeCount = new int[SIZES];

  /// Makes room for the rows of one more account.
  void addAccount(int account) {
    if (account == offset.length) {
      offset = Arrays.copyOf(offset, 2 * account);
      rows = Arrays.copyOf(rows, 2 * account);
      size = Arrays.copyOf(size, 2 * account);
    }
    size[account] = 0;
    offset[account] = allocate(0);
    rows[account] = 0;
  }

  int count(int account) {
    return rows[account];
  }

  /// Where the `i`-th row of an account lies.
  int at(int account, int i) {
    return offset[account] + i;
  }

  int key(int at) {
    return keys[at];
  }

  long first(int at) {
    return first[at];
  }

  long second(int at) {
    return second[at];
  }

  void clear(int account) {
    rows[account] = 0;
  }

  /// Adds a row after the others; its key must be above theirs.
  void append(int account, int key, long a, long b) {
    int count = rows[account];
    if (count == 1 << size[account]) {
      grow(account);
    }
    int at = offset[account] + count;
    keys[at] = key;
    first[at] = a;
    second[at] = b;
    rows[account] = count + 1;
  }

  private void grow(int account) {
    int grown = size[account] + 1;
    if (grown == SIZES) {
      throw new IllegalStateException("an account has at most " + ROWS_MAX + " rows of a kind");
    }
    int from = offset[account];
    int to = allocate(grown);
    System.arraycopy(keys, from, keys, to, rows[account]);
    System.arraycopy(first, from, first, to, rows[account]);
    System.arraycopy(second, from, second, to, rows[account]);
    release(size[account], from);
    offset[account] = to;
    size[account] = (byte) grown;
  }

  private int allocate(int ofSize) {
    if (freeCount[ofSize] > 0) {
      return free[ofSize][--freeCount[ofSize]];
    }
    int at = used;
    used = Math.addExact(used, 1 << ofSize);
    if (used > keys.length) {
      int length = Math.max(used, 2 * keys.length);
      keys = Arrays.copyOf(keys, length);
      first = Arrays.copyOf(first, length);
      second = Arrays.copyOf(second, length);
    }
    return at;
  }

  private void release(int ofSize, int at) {
    if (freeCount[ofSize] == free[ofSize].length) {
      free[ofSize] = Arrays.copyOf(free[ofSize], Math.max(16, 2 * free[ofSize].length));
    }
    free[ofSize][freeCount[ofSize]++] = at;
  }
}
