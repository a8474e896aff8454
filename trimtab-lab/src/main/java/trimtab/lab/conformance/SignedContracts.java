package trimtab.lab.conformance;

import trimtab.lab.input.InputException;
import trimtab.rulebooks.number.Fraction;

/// Contracts with the sign of the position, as cases write them: a number below zero, or a `side`.
final class SignedContracts {
  private SignedContracts() {}

  /// The input `contracts`, negative for a short: by `side` (`long`, `buy`, `short`, `sell`) if it
  /// is there, else as it stands.
  static Fraction read(Inputs inputs) {
    Fraction contracts = inputs.number("contracts");
    if (!inputs.has("side")) {
      return contracts;
    }
    return switch (inputs.text("side")) {
      case "long", "buy" -> contracts.abs();
      case "short", "sell" -> contracts.abs().negate();
      default ->
          throw new InputException(
              inputs.node("side").place(), "is neither long (buy) nor short (sell)");
    };
  }
}
