package trimtab.engine.account;

import java.util.function.Consumer;
import trimtab.core.account.Account;
import trimtab.engine.event.Event;
import trimtab.engine.event.Refusal;

/// What a command would do to one account, before anything is done.
sealed interface Change {
  /// It would be done.
  ///
  /// @param after the account afterwards
  /// @param posting its other side
  /// @param event what is told
  record Accepted(int account, Account after, Consumer<Postings> posting, Event event)
      implements Change {}

  record Rejected(Refusal reason, String text) implements Change {}
}
