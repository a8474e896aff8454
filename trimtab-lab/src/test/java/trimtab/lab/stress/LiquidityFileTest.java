package trimtab.lab.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trimtab.core.cost.CostCurve;
import trimtab.market.data.MinuteBars;
import trimtab.market.data.PriceWindows;
import trimtab.market.impact.ImpactCalibration;

class LiquidityFileTest {
  @TempDir Path folder = Path.of("");

  private LiquidityFile read(String text) throws IOException {
    return LiquidityFile.read(Files.writeString(folder.resolve("l.yaml"), text));
  }

  @Test
  void theShippedFiguresAreThoseOfTheWindow() {
    List<String> symbols = List.of("BTCUSDT", "ETHUSDT", "SUIUSDT", "TAOUSDT");
    for (MinuteBars bars : PriceWindows.builtIn().load("2025-10-tariff", symbols).wholeMarkets()) {
      ImpactCalibration measured = ImpactCalibration.of(bars);
      ImpactCalibration shipped = LiquidityFile.shipped().market(bars.symbol()).calibration();
      assertThat(shipped.sigmaDaily()).isCloseTo(measured.sigmaDaily(), within(5e-7));
      assertThat(shipped.dailyVolumeUsd()).isCloseTo(measured.dailyVolumeUsd(), within(0.5));
    }
  }

  @Test
  void aFileSaysWhatDiffers() throws IOException {
    LiquidityFile file =
        read("depth: 0.01\nmarkets: {ETHUSDT: {dailyVolatility: 0.03, dailyVolume: 1000}}\n");
    assertThat(file.market("ETHUSDT").depthValue()).isEqualTo(10);
    assertThat(file.market("ETHUSDT").impact()).isEqualTo(1);
    assertThat(file.market("BTCUSDT").calibration())
        .isEqualTo(LiquidityFile.shipped().market("BTCUSDT").calibration());
    assertThat(file.market("XYZUSDT").calibration().dailyVolumeUsd()).isEqualTo(50_000_000);
  }

  @Test
  void namesWhatIsWrong() {
    assertThatThrownBy(() -> read("depth: 0\nimpakt: 1\nmarkets: {E: {dailyVolume: 0}}\n"))
        .hasMessageContaining("l.yaml:1: depth: must be above 0")
        .hasMessageContaining("unknown key; did you mean 'impact'?")
        .hasMessageContaining("'dailyVolatility' is missing");
    assertThatThrownBy(() -> read("markets: {E: {dailyVolatility: 1, dailyVolume: 0}}\n"))
        .hasMessageContaining("volume must be finite and above 0");
    assertThatThrownBy(() -> read("impact: 101\n")).hasMessageContaining("at most 100");
  }

  @Test
  void aCurveEndsWithTheDepth() {
    MarketLiquidity market = new MarketLiquidity(new ImpactCalibration(0.05, 1e6), 1, 0.05);
    // 50,000 USD at 100 USD, in units of 1e-8 with values of 1e-10.
    CostCurve curve = market.curve(10_000, 10);
    assertThat(curve.capacity()).isEqualTo(50_000_000_000L);
    assertThat(market.curve(Long.MAX_VALUE, 10)).isEqualTo(CostCurve.EXHAUSTED);
  }
}
