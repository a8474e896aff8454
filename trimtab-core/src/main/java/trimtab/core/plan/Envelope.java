package trimtab.core.plan;

/// The lower convex envelope of a measure of one leg against its relief, from nothing closed: its
/// vertices, reliefs rising and each step dearer than the one before.
final class Envelope {
  private final double[] relief;
  private final double[] value;
  private final long[] at;
  private final int size;

  private Envelope(double[] relief, double[] value, long[] at, int size) {
    this.relief = relief;
    this.value = value;
    this.at = at;
    this.size = size;
  }

  /// Vertices; the first is nothing closed.
  int size() {
    return size;
  }

  static Envelope of(LegTable table, Measure measure, int branch) {
    int most = 2 * table.pieces() + 1;
    double[] relief = new double[most];
    double[] value = new double[most];
    long[] at = new long[most];
    int size = 1;
    for (int end = 0; end < 2 * table.pieces(); end++) {
      int piece = end >> 1;
      boolean last = (end & 1) == 1;
      double x = table.relief(branch, piece, last);
      double y = table.value(measure, piece, last);
      if (x <= relief[size - 1]) {
        continue;
      }
      while (size > 1
          && (value[size - 1] - value[size - 2]) * (x - relief[size - 1])
              >= (y - value[size - 1]) * (relief[size - 1] - relief[size - 2])) {
        size--;
      }
      relief[size] = x;
      value[size] = y;
      at[size] = last ? table.to(piece) : table.from(piece);
      size++;
    }
    return new Envelope(relief, value, at, size);
  }

  double relief(int vertex) {
    return relief[vertex];
  }

  double value(int vertex) {
    return value[vertex];
  }

  /// Relief of the step to a vertex from the one before.
  double step(int vertex) {
    return relief[vertex] - relief[vertex - 1];
  }

  /// Price of a unit of relief of the step to a vertex.
  double price(int vertex) {
    return (value[vertex] - value[vertex - 1]) / step(vertex);
  }

  /// What is closed at a vertex.
  long quantity(int vertex) {
    return at[vertex];
  }
}
