package trimtab.lab.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import trimtab.lab.conformance.Conformance.Verdict;

/// Every case of the venues' own numbers.
class GoldenCasesTest {
  static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  @TestFactory
  Stream<DynamicTest> allCasesOfDerivativesPass() {
    return tests("derivatives.json", 149);
  }

  @TestFactory
  Stream<DynamicTest> allCasesOfLendingPass() {
    return tests("lending.json", 113);
  }

  private static Stream<DynamicTest> tests(String file, int count) {
    List<Verdict> verdicts = Conformance.run(List.of(GOLDEN.resolve(file)));
    assertThat(verdicts).hasSize(count);
    return verdicts.stream()
        .map(verdict ->
            DynamicTest.dynamicTest(
                verdict.id(),
                () ->
                    assertThat(verdict.status())
                        .as("expected %s, actual %s", verdict.expected(), verdict.actual())
                        .isEqualTo(Conformance.Status.PASSED)));
  }
}
