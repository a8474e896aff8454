/// Accounts to replay: read from a file, or generated from a seed.
@NullMarked
package trimtab.lab.book;

import org.jspecify.annotations.NullMarked;
