package trimtab.core.rulebook;

/// A constant of a rule that a venue sets, as text in the venue's own unit.
///
/// @param name as a rulebook file writes it
/// @param value exact
/// @param unit what it counts, and what it means, in one line
public record Parameter(String name, String value, String unit) {}
