package trimtab.lab.replay;

/// What runs keep beside their figures: it takes memory, and changes nothing of what is played.
///
/// @param details what a report draws, at the middle one of the impacts
/// @param proofs what every decision was planned on, so that it can be drawn and checked anew
public record Kept(boolean details, boolean proofs) {
  /// Figures and outcomes alone.
  public static final Kept NOTHING = new Kept(false, false);
}
