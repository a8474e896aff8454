package trimtab.lab.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
  private static final List<String> KNOWN = List.of("closeFactor", "threshold", "target", "name");

  @ParameterizedTest
  @CsvSource({
    "closefactor,closeFactor",
    "close_factor,closeFactor",
    "treshold,threshold",
    "targt,target",
    "nmae,name",
    "nmea,",
    "something,",
    "'',",
  })
  void findsWhatWasMeant(String word, String expected) {
    assertThat(NearestWord.of(word, KNOWN).orElse(null)).isEqualTo(expected);
  }
}
