package trimtab.app;

/// What the process tells its caller when it ends. The numbers are a public contract.
enum ExitCode {
  /// The command did what was asked.
  FINE(0),
  /// The command worked and the answer is no: a check failed.
  NO(1),
  /// Wrong usage or wrong input: the caller can repair it.
  USAGE(2),
  /// A fault of Trimtab itself.
  INTERNAL(3);

  final int number;

  ExitCode(int number) {
    this.number = number;
  }
}
