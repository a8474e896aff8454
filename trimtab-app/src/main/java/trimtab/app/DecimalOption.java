package trimtab.app;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a decimal number given to an option, such as 0.5 or 1e-3.
///
/// Numbers with an exponent that only a typing error explains are refused: written out in results
/// they would fill the memory.
final class DecimalOption implements ITypeConverter<BigDecimal> {
  private static final int DIGITS_MAX = 40;

  @Override
  public BigDecimal convert(String text) {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException noNumber) {
      throw new TypeConversionException("'%s' is not a decimal number".formatted(text));
    }
    if (Math.abs((long) number.scale()) > DIGITS_MAX || number.precision() > DIGITS_MAX) {
      throw new TypeConversionException("'%s' has more than %d digits".formatted(text, DIGITS_MAX));
    }
    return number;
  }
}
