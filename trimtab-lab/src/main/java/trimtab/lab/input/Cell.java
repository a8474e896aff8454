package trimtab.lab.input;

/// A text with its place.
record Cell(Place place, String text) {}
