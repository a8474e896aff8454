package trimtab.lab.input;

/// What a row of a book is.
enum Kind {
  COLLATERAL,
  DEBT,
  PERP
}
