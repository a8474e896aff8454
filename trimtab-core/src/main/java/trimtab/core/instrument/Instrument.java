package trimtab.core.instrument;

/// What a position can be in. Linear perpetuals for now; every switch over this type is exhaustive,
/// so the compiler lists the places that a new instrument must fill in.
public sealed interface Instrument permits LinearPerpetual {
  String symbol();
}
