package trimtab.lab.conformance;

import trimtab.lab.input.Node;

/// One case of a file.
///
/// @param venue venue or protocol version, as the file names it
/// @param kind which of its rules
/// @param evidence asserted, worked_example or derived
/// @param source where the numbers stand, in one line
record GoldenCase(
    String id,
    String venue,
    String kind,
    Node inputs,
    Node expected,
    Node tolerance,
    String evidence,
    String source) {}
