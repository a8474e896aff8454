/// Market knowledge: prices, liquidity, volatility, data files.
@NullMarked
package trimtab.market;

import org.jspecify.annotations.NullMarked;
