package trimtab.core.rulebook;

/// A number that a rule states about an account in its own units: what the venue itself would
/// print.
///
/// @param name in the venue's words
/// @param value exact, as text
/// @param unit what it counts
public record Figure(String name, String value, String unit) {}
