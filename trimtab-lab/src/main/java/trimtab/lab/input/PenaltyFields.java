package trimtab.lab.input;

import java.util.Map;
import java.util.Optional;
import trimtab.core.money.Ppm;
import trimtab.core.rulebook.PenaltySchedule;
import trimtab.core.rulebook.PenaltySchedule.Course;
import trimtab.core.rulebook.PenaltySchedule.Measure;
import trimtab.core.rulebook.PenaltyTerms;
import trimtab.core.rulebook.PenaltyTerms.Cap;
import trimtab.core.rulebook.PenaltyTerms.PairBase;
import trimtab.core.rulebook.PenaltyTerms.PositionBase;
import trimtab.core.rulebook.PenaltyTerms.Split;

/// The table `penalty` of a rulebook file.
///
/// @param terms bases, cap, split, and the rates that the schedule starts from
/// @param schedule how they change
record PenaltyFields(PenaltyTerms terms, PenaltySchedule schedule) {
  /// What a built-in file starts from: nothing that it would want to keep.
  static final PenaltyFields EMPTY =
      new PenaltyFields(
          new PenaltyTerms(
              0, 0, PositionBase.IMPROVEMENT, PairBase.SEIZED, Cap.NONE, new Split(0, 0, Ppm.ONE)),
          new PenaltySchedule(new Course.Auction(0, 0, 1), Measure.BONUS, 0, 0, Ppm.ONE));

  private static final int NANO_DECIMALS = 9;

  private static final Map<String, Cap> CAPS = RulebookFile.words(Cap.values());
  private static final Map<String, PositionBase> POSITION_BASES =
      RulebookFile.words(PositionBase.values());
  private static final Map<String, PairBase> PAIR_BASES = RulebookFile.words(PairBase.values());
  private static final Map<String, Measure> MEASURES = RulebookFile.words(Measure.values());

  private static final String FIXED = "fixed";
  private static final String SEVERITY = "severity";
  private static final String AUCTION = "auction";
  private static final Map<String, String> COURSES =
      Map.of(FIXED, FIXED, SEVERITY, SEVERITY, AUCTION, AUCTION);

  private static final String[] KEYS = {
    "perpetual",
    "pair",
    "perpetualBase",
    "pairBase",
    "cap",
    "fundShare",
    "protocolShare",
    "course",
    "perpetualEnd",
    "pairEnd",
    "durationSeconds",
    "measure",
    "bonus",
    "maximum",
    "solvencyShare"
  };

  /// @param otherwise terms of the base
  /// @param schedule of the base
  static Optional<PenaltyFields> read(
      Node node, PenaltyTerms otherwise, PenaltySchedule schedule, Problems problems) {
    Fields fields = Fields.of(node, problems, KEYS);
    int before = problems.count();
    Optional<PenaltyTerms> terms = problems.attempt(fields.place(), () -> terms(fields, otherwise));
    Optional<PenaltySchedule> changed =
        terms.flatMap(start ->
            problems.attempt(fields.place(), () -> schedule(fields, start, schedule, problems)));
    return problems.count() > before
        ? Optional.empty()
        : Optional.of(new PenaltyFields(terms.orElseThrow(), changed.orElseThrow()));
  }

  private static PenaltyTerms terms(Fields fields, PenaltyTerms base) {
    long fund = fields.ppm("fundShare", base.split().fundPpm());
    long protocol = fields.ppm("protocolShare", base.split().protocolPpm());
    return new PenaltyTerms(
        fields.ppm("perpetual", base.positionPpm()),
        fields.ppm("pair", base.pairPpm()),
        fields.choice("perpetualBase", POSITION_BASES, base.positionBase()),
        fields.choice("pairBase", PAIR_BASES, base.pairBase()),
        fields.choice("cap", CAPS, base.cap()),
        new Split(fund, Ppm.ONE - fund - protocol, protocol));
  }

  private static PenaltySchedule schedule(
      Fields fields, PenaltyTerms start, PenaltySchedule base, Problems problems) {
    return new PenaltySchedule(
        course(fields, start, base.course(), problems),
        fields.choice("measure", MEASURES, base.measure()),
        fields.ppm("bonus", base.bonusPpm()),
        fields.ppm("maximum", base.maximumPpm()),
        fields.ppm("solvencyShare", base.solvencySharePpm()));
  }

  private static Course course(Fields fields, PenaltyTerms start, Course base, Problems problems) {
    String old =
        switch (base) {
          case Course.Fixed _ -> FIXED;
          case Course.InSeverity _ -> SEVERITY;
          case Course.Auction _ -> AUCTION;
        };
    String course = fields.choice("course", COURSES, old);
    PenaltyTerms end =
        switch (base) {
          case Course.Fixed() -> start;
          case Course.InSeverity(long position, long pair) -> start.atRates(position, pair);
          case Course.Auction(long position, long pair, _) -> start.atRates(position, pair);
        };
    long position = fields.ppm("perpetualEnd", end.positionPpm());
    long pair = fields.ppm("pairEnd", end.pairPpm());
    refuse(fields, course.equals(FIXED), problems, "perpetualEnd", "pairEnd");
    refuse(fields, !course.equals(AUCTION), problems, "durationSeconds");
    return switch (course) {
      case SEVERITY -> new Course.InSeverity(position, pair);
      case AUCTION -> {
        long duration = base instanceof Course.Auction auction ? auction.durationNanos() : 0;
        yield new Course.Auction(
            position, pair, fields.decimal("durationSeconds", NANO_DECIMALS, duration));
      }
      default -> new Course.Fixed();
    };
  }

  private static void refuse(Fields fields, boolean wrong, Problems problems, String... keys) {
    for (String key : keys) {
      if (wrong && fields.has(key)) {
        problems.add(fields.place(key), "does not belong to this course");
      }
    }
  }
}
