/// Price history: minute bars read from files, aligned into windows that several markets share.
///
/// Prices are exact integers from the file's text to the replay; volumes are estimates (`double`)
/// and serve statistics only. Every bad input is a [DataException] with one line that says where.
@NullMarked
package trimtab.market.data;

import org.jspecify.annotations.NullMarked;
