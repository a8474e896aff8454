package trimtab.core.certificate.check;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.BalanceLine;
import trimtab.core.certificate.Certificate.CurveLine;
import trimtab.core.certificate.Certificate.FailingPoint;
import trimtab.core.certificate.Certificate.FailingSegment;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.StageLeg;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Certificate.TierLine;
import trimtab.core.certificate.Claim;

/// One certificate for each claim and kind of leg. The numbers were computed apart from this
/// repository's code, with fractions and by trying every size; bounds are the least integers that
/// are still true, and odd unit values make every rounding matter.
final class CertificateExamples {
  private static final List<FailingSegment> NO_SEGMENTS = List.of();
  private static final List<FailingPoint> NO_POINTS = List.of();

  private CertificateExamples() {}

  static Map<String, Certificate> all() {
    return Map.of(
        "perpetualLong", perpetualLong(),
        "perpetualShort", perpetualShort(),
        "pair", pair(),
        "twoStages", twoStages(),
        "share", share(),
        "closesAll", closesAll(),
        "bankrupt", bankrupt(),
        "escalated", escalated(),
        "cappedByDepth", cappedByDepth());
  }

  static Certificate named(String name) {
    return Objects.requireNonNull(all().get(name), name);
  }

  /// A long of 100 whose equity is one unit below 1.05 R. Closing 45 restores 1.7.
  static Certificate perpetualLong() {
    Stage s0 =
        new Stage(
            new StageLeg("ETHUSDT", ""),
            100,
            5,
            500_350_016,
            200_140_006,
            1_000_000,
            601,
            new CurveLine(
                List.of(30L, 60L, 100L),
                List.of(0L, 170_001L, 401_000L),
                List.of(91_002L, 400_001L, 1_203_000L)),
            45,
            2_991_395,
            45_031_502,
            0,
            List.of(
                new FailingSegment(
                    10, 30, true, "-250806762968030000000", "-101965267904090000000"),
                new FailingSegment(35, 35, true, "-64857059471438333333", "-64857059471438333333")),
            List.of(
                new FailingPoint(15, "-213596390675000000000"),
                new FailingPoint(40, "-27669853300000000000")));
    return certificate(
        new Terms("requirement", 1_050_000, 1_700_000, 10_000, 50_000, true),
        List.of(settlement(526_367_518, 0, 1_000_000, 1_000_000)),
        List.of(
            new PositionLine(
                "ETHUSDT",
                3,
                100,
                10_008_000_303L,
                100_070_003,
                false,
                List.of(new TierLine(0, 50_000)))),
        List.of(s0),
        new Claim.RestoresMinimal("9517353975000000000"));
  }

  /// A short of 90 in two tiers, of which 40 % may be closed; one lot more would restore.
  static Certificate perpetualShort() {
    Stage s0 =
        new Stage(
            new StageLeg("BTCUSDT", ""),
            90,
            2,
            60_033_003,
            1,
            400_000,
            0,
            new CurveLine(List.of(200L), List.of(7_001L), List.of(1_007_001L)),
            36,
            187_001,
            2_881_585,
            0,
            List.of(
                new FailingSegment(4, 20, true, "-44797013046000000000", "-12539235430000000000"),
                new FailingSegment(22, 34, true, "-10979884944000000000", "-1914868488000000000")),
            List.of(new FailingPoint(8, "-36732569610000000000")));
    return certificate(
        new Terms("auto", 1_000_000, 2_100_000, 4_000, 50_000, false),
        List.of(settlement(48_062_510, 0, 1_000_000, 1_050_000)),
        List.of(
            new PositionLine(
                "BTCUSDT",
                3,
                -90,
                -1_800_977_083,
                20_011_001,
                false,
                List.of(new TierLine(0, 20_000), new TierLine(1_400_000_000, 50_000)))),
        List.of(s0),
        new Claim.Capped(Claim.Capped.CLOSE_FACTOR));
  }

  /// ETH is sold for a debt in BTC of which one unit is worth 16 million, so what is repaid rounds
  /// down far.
  static Certificate pair() {
    Stage s0 =
        new Stage(
            new StageLeg("ETH", "BTC"),
            840,
            3,
            27_099_019,
            60_220_040,
            1_000_000,
            500,
            new CurveLine(
                List.of(100L, 2_000L), List.of(0L, 300_000L), List.of(211_000L, 12_345_000L)),
            297,
            1_996_011,
            42_489_123,
            848_371_159,
            List.of(
                new FailingSegment(
                    12, 99, true, "-193535739511570285714", "-133768521065454857142"),
                new FailingSegment(
                    102, 285, true, "-131810833291730887218", "-6913571721335639097")),
            List.of(
                new FailingPoint(60, "-161884866008000000000"),
                new FailingPoint(288, "-5729754862800000000"),
                new FailingPoint(291, "-2847513705600000000"),
                new FailingPoint(294, "-1764459685600000000")));
    return certificate(
        new Terms("auto", 1_000_000, 1_080_000, 4_000, 50_000, true),
        List.of(
            settlement(20_000_000, 0, 1_000_000, 1_020_000),
            new BalanceLine("ETH", 3, 1_000, 20, 3_011_002, 830_000, 1_010_000),
            new BalanceLine("BTC", 3, 5, 155, 16_007_003, 750_000, 1_030_000)),
        List.of(),
        List.of(s0),
        new Claim.RestoresMinimal("1117781471600000000"));
  }

  /// A long closed whole, then the least of a short, with the settlement currency below zero.
  static Certificate twoStages() {
    Stage s0 =
        new Stage(
            new StageLeg("BTCUSDT", ""),
            10,
            1,
            0,
            0,
            1_000_000,
            450,
            new CurveLine(List.of(50L), List.of(0L), List.of(503_000L)),
            10,
            370_659,
            2_400_521,
            0,
            NO_SEGMENTS,
            NO_POINTS);
    Stage s1 =
        new Stage(
            new StageLeg("ETHUSDT", ""),
            400,
            10,
            60_020_061,
            12_004_012,
            1_000_000,
            450,
            new CurveLine(
                List.of(150L, 1_000L), List.of(11_000L, 333_020L), List.of(333_020L, 5_055_000L)),
            110,
            395_698,
            1_320_442,
            0,
            List.of(
                new FailingSegment(30, 30, false, "-11322538235525000000", "-11322538235525000000"),
                new FailingSegment(40, 90, false, "-9385482220700000000", "-2396690746575000000")),
            List.of(
                new FailingPoint(60, "-6589966890000000000"),
                new FailingPoint(100, "-998934200000000000")));
    return certificate(
        new Terms("auto", 1_020_000, 1_300_000, 4_000, 50_000, true),
        List.of(
            settlement(16_000_000, 0, 1_000_000, 1_050_000),
            new BalanceLine("SOL", 3, 40, 0, 1_009_001, 900_000, 1_000_000)),
        List.of(
            new PositionLine(
                "BTCUSDT", 3, 10, 620_141_011, 60_013_001, false, List.of(new TierLine(0, 30_000))),
            new PositionLine(
                "ETHUSDT",
                3,
                -400,
                -1_205_404_201,
                3_001_003,
                false,
                List.of(
                    new TierLine(0, 20_000),
                    new TierLine(500_000_000, 40_000),
                    new TierLine(1_100_000_000, 80_000)))),
        List.of(s0, s1),
        new Claim.RestoresMinimal("398824760000000000"));
  }

  /// 30 % of a short, and of a debt in the settlement currency that also holds its losses.
  static Certificate share() {
    Stage s0 =
        new Stage(
            new StageLeg("BTCUSDT", ""),
            25,
            2,
            4_001_001,
            8_002_002,
            1_000_000,
            300,
            new CurveLine(List.of(500L), List.of(0L), List.of(999_000L)),
            8,
            25_587,
            128_033,
            0,
            NO_SEGMENTS,
            NO_POINTS);
    Stage s1 =
        new Stage(
            new StageLeg("ETH", "USD"),
            72,
            4,
            1_003_001,
            2_006_002,
            1_000_000,
            300,
            new CurveLine(List.of(500L), List.of(13_000L), List.of(999_000L)),
            24,
            67_550,
            1_143_071,
            22_861_403,
            NO_SEGMENTS,
            NO_POINTS);
    return certificate(
        new Terms("auto", 1_000_000, 1_100_000, 4_000, 50_000, true),
        List.of(
            settlement(2_000_000, 70_001_000, 1_000_000, 1_010_000),
            new BalanceLine("ETH", 3, 90, 0, 1_003_001, 800_000, 1_000_000)),
        List.of(
            new PositionLine(
                "BTCUSDT",
                3,
                -25,
                -101_026_025,
                4_001_001,
                false,
                List.of(new TierLine(0, 50_000)))),
        List.of(s0, s1),
        new Claim.RulePrescribed("0.3 of every leg", 300_000));
  }

  /// A losing long without a penalty (its weighted equity is spent), then ETH for two debts.
  static Certificate closesAll() {
    Stage s0 =
        new Stage(
            new StageLeg("BTCUSDT", ""),
            25,
            2,
            4_001_001,
            8_002_002,
            1_000_000,
            300,
            new CurveLine(List.of(500L), List.of(0L), List.of(999_000L)),
            25,
            79_958,
            0,
            0,
            NO_SEGMENTS,
            NO_POINTS);
    Stage s1 =
        new Stage(
            new StageLeg("ETH", "USD"),
            104,
            4,
            1_003_001,
            2_006_002,
            1_000_000,
            300,
            new CurveLine(List.of(500L), List.of(13_000L), List.of(999_000L)),
            104,
            249_382,
            4_854_048,
            97_080_958,
            NO_SEGMENTS,
            NO_POINTS);
    Stage s2 =
        new Stage(
            new StageLeg("ETH", "BTC"),
            64,
            4,
            1_003_001,
            2_006_002,
            1_000_000,
            300,
            new CurveLine(List.of(500L), List.of(13_000L), List.of(999_000L)),
            64,
            158_466,
            3_000_701,
            60_014_002,
            NO_SEGMENTS,
            NO_POINTS);
    return certificate(
        new Terms("obligation", 1_000_000, 1_100_000, 4_000, 50_000, true),
        List.of(
            settlement(3_000_000, 40_000_000, 1_000_000, 1_010_000),
            new BalanceLine("ETH", 3, 170, 0, 1_003_001, 800_000, 1_000_000),
            new BalanceLine("BTC", 3, 0, 2, 30_007_001, 800_000, 1_020_000)),
        List.of(
            new PositionLine(
                "BTCUSDT", 3, 25, 160_026_025, 4_001_001, false, List.of(new TierLine(0, 50_000)))),
        List.of(s0, s1, s2),
        new Claim.ClosesAll("rule"));
  }

  /// All collateral for a debt of the same value: equity is zero.
  static Certificate bankrupt() {
    Stage s0 =
        new Stage(
            new StageLeg("ETH", "USD"),
            83,
            4,
            1_003_001,
            2_006_002,
            1_000_000,
            300,
            new CurveLine(List.of(500L), List.of(13_000L), List.of(999_000L)),
            83,
            201_651,
            3_954_640,
            79_092_792,
            NO_SEGMENTS,
            NO_POINTS);
    return certificate(
        new Terms("auto", 1_000_000, 1_100_000, 4_000, 50_000, false),
        List.of(
            settlement(0, 83_249_083, 1_000_000, 1_000_000),
            new BalanceLine("ETH", 3, 83, 0, 1_003_001, 800_000, 1_000_000)),
        List.of(),
        List.of(s0),
        new Claim.Escalated(Claim.Escalated.BANKRUPT));
  }

  /// The penalty is three quarters of the requirement, then a fifth of the debt: nothing partial
  /// helps.
  static Certificate escalated() {
    Stage s0 =
        new Stage(
            new StageLeg("BTCUSDT", ""),
            50,
            1,
            20_011_002,
            1,
            1_000_000,
            300,
            new CurveLine(List.of(50L), List.of(0L), List.of(101_000L)),
            50,
            401_166,
            9_382_556,
            0,
            List.of(
                new FailingSegment(2, 18, true, "-10614557538600000000", "-8821874247400000000"),
                new FailingSegment(19, 49, false, "-8902610441235000000", "-6003611743185000000")),
            List.of(new FailingPoint(25, "-8322811875000000000")));
    Stage s1 =
        new Stage(
            new StageLeg("SOL", "USD"),
            9,
            1,
            0,
            0,
            1_000_000,
            0,
            new CurveLine(List.of(90L), List.of(0L), List.of(10_000L)),
            9,
            1_000,
            1_296_287,
            7_783_722,
            List.of(new FailingSegment(1, 8, false, "-389827617083333333", "-258110819166666666")),
            NO_POINTS);
    return certificate(
        new Terms("auto", 1_000_000, 1_050_000, 15_000, 200_000, true),
        List.of(
            settlement(4_345_000, 0, 1_000_000, 1_050_000),
            new BalanceLine("SOL", 3, 9, 0, 1_009_001, 900_000, 1_000_000)),
        List.of(
            new PositionLine(
                "BTCUSDT",
                3,
                50,
                1_002_895_050,
                20_011_001,
                false,
                List.of(new TierLine(0, 20_000)))),
        List.of(s0, s1),
        new Claim.Escalated(Claim.Escalated.NO_PARTIAL_RESTORES));
  }

  /// The book holds 12 of 50.
  static Certificate cappedByDepth() {
    Stage s0 =
        new Stage(
            new StageLeg("BTCUSDT", ""),
            50,
            2,
            40_022_002,
            1,
            1_000_000,
            300,
            new CurveLine(List.of(12L), List.of(0L), List.of(101_004L)),
            12,
            173_044,
            960_529,
            0,
            List.of(
                new FailingSegment(2, 10, true, "-27425891968600000000", "-16975445843000000000")),
            List.of(new FailingPoint(6, "-22200670080000000000")));
    return certificate(
        new Terms("auto", 1_000_000, 1_400_000, 4_000, 50_000, true),
        List.of(settlement(62_345_000, 0, 1_000_000, 1_000_000)),
        List.of(
            new PositionLine(
                "BTCUSDT",
                3,
                50,
                1_022_895_050,
                20_011_001,
                false,
                List.of(new TierLine(0, 50_000)))),
        List.of(s0),
        new Claim.Capped(Claim.Capped.DEPTH));
  }

  private static BalanceLine settlement(
      long amount, long debt, long assetWeightPpm, long debtWeightPpm) {
    return new BalanceLine("USD", 2, amount, debt, 1, assetWeightPpm, debtWeightPpm);
  }

  private static Certificate certificate(
      Terms terms,
      List<BalanceLine> balances,
      List<PositionLine> positions,
      List<Stage> stages,
      Claim claim) {
    return new Certificate(
        Certificate.VERSION,
        "account",
        "rulebook",
        1_700_000_000_000_000_000L,
        2,
        terms,
        balances,
        positions,
        stages,
        claim);
  }
}
