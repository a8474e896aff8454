package trimtab.core.money;

/// Division of wide integers on machine words: schoolbook long division (Knuth, The Art of Computer
/// Programming 4.3.1, algorithm D) with digits of 32 bits.
final class WideDivision {
  private static final long DIGIT = 0xffff_ffffL;

  /// Digits of a magnitude of 192 bits.
  private static final int DIGITS = 6;

  private WideDivision() {}

  /// `floor((high x 2^64 + low) / divisor)` of an unsigned 128-bit dividend.
  ///
  /// @param divisor positive
  /// @return unsigned 64 bits; only right where `high < divisor`
  static long quotient(long high, long low, long divisor) {
    if (high == 0) {
      return Long.divideUnsigned(low, divisor);
    }
    int shift = Long.numberOfLeadingZeros(divisor);
    long normal = divisor << shift;
    long upper = high << shift | low >>> 1 >>> (Long.SIZE - 1 - shift);
    long lower = low << shift;
    long first = digit(upper, lower >>> Integer.SIZE, normal);
    long rest = (upper << Integer.SIZE | lower >>> Integer.SIZE) - first * normal;
    long second = digit(rest, lower & DIGIT, normal);
    return (first << Integer.SIZE) + second;
  }

  /// One digit of a quotient: of `upper x 2^32 + next` by a divisor whose highest bit is set.
  private static long digit(long upper, long next, long normal) {
    long top = normal >>> Integer.SIZE;
    long bottom = normal & DIGIT;
    long guess = Long.divideUnsigned(upper, top);
    long rest = upper - guess * top;
    // Too high by two at most.
    while (guess > DIGIT || Long.compareUnsigned(guess * bottom, rest << Integer.SIZE | next) > 0) {
      guess--;
      rest += top;
      if (rest > DIGIT) {
        break;
      }
    }
    return guess;
  }

  /// `floor(value x factor / divisor)`.
  ///
  /// @param divisor positive
  /// @throws ArithmeticException if it does not fit 192 bits
  static Wide mulDivFloor(Wide value, Wide factor, Wide divisor) {
    boolean negative = value.isNegative() != factor.isNegative();
    long[] dividend = product(digits(value), digits(factor));
    long[] quotient = divide(dividend, digits(divisor));
    if (negative && length(dividend) > 0) {
      increment(quotient);
    }
    return wide(quotient, negative);
  }

  private static void increment(long[] digits) {
    int place = 0;
    while (digits[place] == DIGIT) {
      digits[place++] = 0;
    }
    digits[place]++;
  }

  /// The magnitude, lowest digit first; that of the least 192-bit integer is unsigned.
  private static long[] digits(Wide value) {
    long low = value.low();
    long middle = value.middle();
    long top = value.top();
    if (value.isNegative()) {
      top = (low | middle) == 0 ? -top : ~top;
      middle = low == 0 ? -middle : ~middle;
      low = -low;
    }
    return new long[] {
      low & DIGIT,
      low >>> Integer.SIZE,
      middle & DIGIT,
      middle >>> Integer.SIZE,
      top & DIGIT,
      top >>> Integer.SIZE
    };
  }

  private static int length(long[] digits) {
    int length = digits.length;
    while (length > 0 && digits[length - 1] == 0) {
      length--;
    }
    return length;
  }

  private static long[] product(long[] left, long[] right) {
    long[] product = new long[2 * DIGITS];
    int leftLength = length(left);
    int rightLength = length(right);
    for (int i = 0; i < leftLength; i++) {
      long carried = 0;
      for (int j = 0; j < rightLength; j++) {
        long sum = left[i] * right[j] + product[i + j] + carried;
        product[i + j] = sum & DIGIT;
        carried = sum >>> Integer.SIZE;
      }
      product[i + rightLength] = carried;
    }
    return product;
  }

  /// Divides; what is left in `dividend` is zero iff the division leaves no rest.
  private static long[] divide(long[] dividend, long[] divisor) {
    int length = length(divisor);
    long[] quotient = new long[dividend.length];
    int used = length(dividend);
    if (length == 1) {
      long rest = 0;
      for (int i = used - 1; i >= 0; i--) {
        long current = rest << Integer.SIZE | dividend[i];
        quotient[i] = Long.divideUnsigned(current, divisor[0]);
        rest = current - quotient[i] * divisor[0];
        dividend[i] = 0;
      }
      dividend[0] = rest;
      return quotient;
    }
    int shift = Long.numberOfLeadingZeros(divisor[length - 1]) - Integer.SIZE;
    long[] upper = shifted(dividend, used, shift);
    long[] normal = shifted(divisor, length, shift);
    for (int i = used - length; i >= 0; i--) {
      quotient[i] = step(upper, normal, length, i);
    }
    System.arraycopy(upper, 0, dividend, 0, Math.min(upper.length, dividend.length));
    return quotient;
  }

  private static long[] shifted(long[] digits, int length, int shift) {
    long[] result = new long[length + 1];
    long carried = 0;
    for (int i = 0; i < length; i++) {
      result[i] = (digits[i] << shift | carried) & DIGIT;
      carried = digits[i] << shift >>> Integer.SIZE;
    }
    result[length] = carried;
    return result;
  }

  /// The digit of the quotient at a place; takes it times the divisor away from the dividend.
  private static long step(long[] upper, long[] normal, int length, int place) {
    long top = normal[length - 1];
    long lead = upper[place + length] << Integer.SIZE | upper[place + length - 1];
    long guess = Math.min(Long.divideUnsigned(lead, top), DIGIT);
    long rest = lead - guess * top;
    while (rest <= DIGIT
        && Long.compareUnsigned(
                guess * normal[length - 2], rest << Integer.SIZE | upper[place + length - 2])
            > 0) {
      guess--;
      rest += top;
    }
    long borrow = 0;
    for (int i = 0; i < length; i++) {
      long taken = guess * normal[i] + borrow;
      long difference = upper[place + i] - (taken & DIGIT);
      upper[place + i] = difference & DIGIT;
      borrow = (taken >>> Integer.SIZE) + (difference < 0 ? 1 : 0);
    }
    long last = upper[place + length] - borrow;
    upper[place + length] = last & DIGIT;
    if (last >= 0) {
      return guess;
    }
    // Once in some 2^31 places the guess is still one too high.
    long carried = 0;
    for (int i = 0; i < length; i++) {
      long sum = upper[place + i] + normal[i] + carried;
      upper[place + i] = sum & DIGIT;
      carried = sum >>> Integer.SIZE;
    }
    upper[place + length] = (upper[place + length] + carried) & DIGIT;
    return guess - 1;
  }

  private static Wide wide(long[] digits, boolean negative) {
    long low = digits[1] << Integer.SIZE | digits[0];
    long middle = digits[3] << Integer.SIZE | digits[2];
    long top = digits[5] << Integer.SIZE | digits[4];
    boolean least = negative && top == Long.MIN_VALUE && (middle | low) == 0;
    if (length(digits) > DIGITS || (top < 0 && !least)) {
      throw Wide.overflow();
    }
    Wide size = new Wide(top, middle, low);
    return negative && !least ? size.negate() : size;
  }
}
