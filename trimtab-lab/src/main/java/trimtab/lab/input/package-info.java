/// The files that a user writes: markets, rulebooks, books of accounts, plans. Decimals are read as
/// text and stay exact; whatever is wrong in a file is reported at once, each problem with its line
/// and field.
@NullMarked
package trimtab.lab.input;

import org.jspecify.annotations.NullMarked;
