package trimtab.engine.account;

import trimtab.core.account.Account;
import trimtab.core.settlement.Closing;

/// Writes a settled fill: what the account became, and the other side of it.
class FillBooking {
  private final ShardState shard;
  private final Postings postings;

  FillBooking(ShardState shard, Postings postings) {
    this.shard = shard;
    this.postings = postings;
  }

  void book(int account, Account before, Closing closing) {
    write(account, closing);
    postings.closed(before, shard.marks(), closing);
    shard.changed(account);
  }

  /// Open to the tests of the tests, which plant faults here.
  void write(int account, Closing closing) {
    shard.book().write(account, closing.account());
  }
}
