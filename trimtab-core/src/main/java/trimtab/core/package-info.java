/// Pure values and functions; its packages carry the words of the way of the data.
@NullMarked
package trimtab.core;

import org.jspecify.annotations.NullMarked;
