/// The accounts' state machine: balances, positions, breaches, episodes, orders, fills.
@NullMarked
package trimtab.engine.account;

import org.jspecify.annotations.NullMarked;
