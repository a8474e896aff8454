package trimtab.app;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import trimtab.core.money.Decimals;

/// A plain decimal number on the command line, with at most nine decimals.
final class DecimalOption implements ITypeConverter<BigDecimal> {
  private static final int DECIMALS = 9;

  @Override
  public BigDecimal convert(String text) {
    try {
      BigDecimal value = BigDecimal.valueOf(Decimals.parse(text, DECIMALS), DECIMALS);
      BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
      return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    } catch (NumberFormatException wrong) {
      throw new TypeConversionException(String.valueOf(wrong.getMessage()));
    }
  }
}
