package trimtab.lab.conformance;

/// One kind of case of one venue: reads the inputs, calls the rulebook's functions, and names what
/// they return as the file names it. It holds no rule of its own.
@FunctionalInterface
interface CaseKind {
  /// @throws trimtab.lab.input.InputException if an input is missing or no number
  /// @throws ArithmeticException if the numbers do not fit, as the venue would revert
  Value.Table answer(Inputs inputs);
}
