/// Integers that are money: scales, 128-bit sums, divisions that name their direction.
@NullMarked
package trimtab.core.money;

import org.jspecify.annotations.NullMarked;
