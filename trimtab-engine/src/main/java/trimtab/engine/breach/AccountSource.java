package trimtab.engine.breach;

import trimtab.core.account.AccountView;

/// The accounts that a breach finder watches.
public interface AccountSource {
  /// Slots run from 0 to this, exclusive.
  int accountCount();

  /// The account in a slot. The view may be reused by the next call.
  AccountView view(int account);
}
