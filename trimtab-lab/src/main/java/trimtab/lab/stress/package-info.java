/// A book as it stands under shocks of price, volatility and depth: one step, no feedback.
@NullMarked
package trimtab.lab.stress;

import org.jspecify.annotations.NullMarked;
