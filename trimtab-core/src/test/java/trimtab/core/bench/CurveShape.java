package trimtab.core.bench;

/// What trading costs in a benchmark.
public enum CurveShape {
  /// Nothing.
  FREE,
  /// A book of ten levels, one basis point apart.
  LEVELS_10,
  /// The square-root law in 64 pieces.
  SQUARE_ROOT_64
}
