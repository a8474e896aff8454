package trimtab.app.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trimtab.app.output.JsonText;
import trimtab.core.certificate.Certificate;
import trimtab.core.certificate.Certificate.BalanceLine;
import trimtab.core.certificate.Certificate.ChoiceLine;
import trimtab.core.certificate.Certificate.CurveLine;
import trimtab.core.certificate.Certificate.ExposureLine;
import trimtab.core.certificate.Certificate.FailingPoint;
import trimtab.core.certificate.Certificate.FailingSegment;
import trimtab.core.certificate.Certificate.LegLine;
import trimtab.core.certificate.Certificate.PositionLine;
import trimtab.core.certificate.Certificate.RateSource;
import trimtab.core.certificate.Certificate.Stage;
import trimtab.core.certificate.Certificate.StageLeg;
import trimtab.core.certificate.Certificate.Terms;
import trimtab.core.certificate.Certificate.TierLine;
import trimtab.core.certificate.Claim;
import trimtab.core.certificate.Claim.Share;
import trimtab.lab.input.InputException;
import trimtab.lab.input.Problem;

class CertificateJsonTest {
  @TempDir Path folder;

  static Stream<Claim> claims() {
    return Stream.of(
        new Claim.RestoresMinimal("123456789012345678901234567890"),
        new Claim.RestoresMinimal("37", Optional.of(choice())),
        new Claim.Capped(Claim.Capped.DEPTH),
        new Claim.RestoresShare(41, 42, 43, -44, "-45"),
        new Claim.Relieves(),
        new Claim.RulePrescribed("half of \"every\" leg, \u00e4", 500_000),
        new Claim.RulePrescribed("by severity", 1, new Share.BySeverity(2, 3)),
        new Claim.RulePrescribed(
            "by health", 1, new Share.ByHealth(List.of(new Share.Row(2, 3), new Share.Row(4, 5)))),
        new Claim.ClosesAll("rule"),
        new Claim.Escalated(Claim.Escalated.BANKRUPT));
  }

  private static final RateSource RATES =
      new RateSource.Computed("auction", 51, 52, 53, 54, -55, 56, "bonus", 57, 58, 59, 60);

  @Test
  void constantRatesAndUnknownKinds() throws IOException {
    Certificate moving = certificate(new Claim.Relieves());
    String constant =
        text(moving)
            .replaceFirst("(?s)\\{\\s*\"kind\": \"COMPUTED\".*?\\}", "{\"kind\": \"GIVEN\"}");
    assertThat(read(constant).terms().rateSource()).isEqualTo(new RateSource.Given());
    assertThat(problems(text(moving).replace("COMPUTED", "COMPUTE")))
        .extracting(Problem::message)
        .containsExactly("unknown kind 'COMPUTE'; did you mean 'COMPUTED'?");
    Claim claim = new Claim.RulePrescribed("f", 1, new Share.BySeverity(2, 3));
    assertThat(problems(text(certificate(claim)).replace("BY_SEVERITY", "BY_SEVERTY")))
        .extracting(Problem::message)
        .containsExactly("unknown kind 'BY_SEVERTY'; did you mean 'BY_SEVERITY'?");
  }

  private static ChoiceLine choice() {
    CurveLine curve = new CurveLine(List.of(51L), List.of(52L), List.of(53L));
    return new ChoiceLine(
        "hedge-preserving",
        "notional",
        41,
        42,
        "43/44",
        true,
        45,
        "46/47",
        List.of(
            new LegLine(new StageLeg("ETH", "USD"), 48, 49, 50, 54, curve),
            new LegLine(new StageLeg("ETHUSDT", ""), 55, 56, 57, 58, NO_DEPTH)),
        List.of(new ExposureLine("feed", List.of("ETHUSDT"), List.of("ETH", "stETH"))));
  }

  private static final CurveLine NO_DEPTH = new CurveLine(List.of(), List.of(), List.of());

  /// Every number is another one, so that a swapped key cannot pass.
  private static Certificate certificate(Claim claim) {
    Stage stage =
        new Stage(
            new StageLeg("ETH", "USD"),
            11,
            12,
            13,
            14,
            15,
            16,
            new CurveLine(List.of(17L, Long.MAX_VALUE), List.of(0L, 18L), List.of(19L, 20L)),
            21,
            -22,
            23,
            24,
            List.of(new FailingSegment(25, 26, true, "-27", "-28")),
            List.of(new FailingPoint(29, "-30000000000000000000000")));
    return new Certificate(
        Certificate.VERSION,
        "a\nccount",
        "rule",
        Long.MIN_VALUE,
        8,
        new Terms("auto", 1, 2, 3, 4, true, "notional", "seized", RATES),
        List.of(new BalanceLine("USD", 8, -5, 6, 1, 7, 9)),
        List.of(
            new PositionLine(
                "ETHUSDT",
                6,
                -31,
                32,
                33,
                false,
                List.of(new TierLine(0, 34), new TierLine(35, 36)))),
        List.of(stage, stage),
        claim);
  }

  private static String text(Certificate certificate) {
    return JsonText.of(json -> CertificateJson.write(json, certificate));
  }

  private Certificate read(String text) throws IOException {
    return CertificateReader.read(Files.writeString(folder.resolve("c.json"), text));
  }

  private List<Problem> problems(String text) {
    return catchThrowableOfType(InputException.class, () -> read(text)).problems();
  }

  @ParameterizedTest
  @MethodSource("claims")
  void whatIsWrittenIsRead(Claim claim) throws IOException {
    Certificate certificate = certificate(claim);
    assertThat(read(text(certificate))).isEqualTo(certificate);
    assertThat(read("{\"x\": 1, \"certificate\": " + text(certificate) + "}"))
        .isEqualTo(certificate);
  }

  /// Renames each key in turn: the old one is missing, the new one unknown.
  @ParameterizedTest
  @MethodSource("claims")
  void everyKeyIsRequiredAndNoOtherIsAllowed(Claim claim) {
    String text = text(certificate(claim));
    Matcher keys = Pattern.compile("\"([A-Za-z]+)\":").matcher(text);
    int found = 0;
    while (keys.find()) {
      String key = keys.group(1);
      String renamed = text.substring(0, keys.start(1)) + key + "X" + text.substring(keys.end(1));
      if (key.equals("version") || key.equals("choice")) {
        continue;
      }
      assertThat(problems(renamed))
          .as(key)
          .extracting(Problem::message)
          .anyMatch(message -> message.contains("'" + key + "' is missing"));
      found++;
    }
    assertThat(found).isGreaterThan(50);
  }

  @Test
  void wrongValuesAreNamedWithTheirField() {
    String text = text(certificate(new Claim.ClosesAll("rule")));
    assertThat(problems(text.replace("\"version\": 2", "\"version\": 1")))
        .extracting(Problem::message)
        .containsExactly("1 is not known; this program reads 2");
    assertThat(problems(text.replace("CLOSES_ALL", "CLOSE_ALL")))
        .extracting(Problem::message)
        .containsExactly("unknown claim 'CLOSE_ALL'; did you mean 'CLOSES_ALL'?");
    assertThat(problems(text.replace("\"penaltyCapped\": true", "\"penaltyCapped\": 1")))
        .extracting(Problem::text)
        .singleElement()
        .asString()
        .endsWith("terms.penaltyCapped: unknown word '1'; known: false true");
    assertThat(problems(text.replace("\"feePpm\": 16", "\"feePpm\": 16.5")))
        .extracting(Problem::text)
        .first()
        .asString()
        .contains("stages[0].feePpm: '16.5' has more than 0 decimals");
    assertThat(problems(text.replace("\"decimals\": 8", "\"decimals\": 4294967304")))
        .extracting(Problem::message)
        .containsExactly("must be 0 to 2147483647");
  }
}
