package trimtab.rulebooks.adapter;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import trimtab.core.rulebook.Parameter;
import trimtab.rulebooks.Parameters;

/// A constant that a protocol sets for each asset: one number for all, and others by symbol.
///
/// @param otherwise for assets that are not named
/// @param bySymbol for those that are
record ByAsset(BigInteger otherwise, Map<String, BigInteger> bySymbol) {
  /// Written where no asset has a number of its own.
  private static final String NONE = "none";

  /// Assets one constant may name.
  private static final int ASSETS_MAX = 512;

  /// The parameter that names exceptions to another.
  static Parameter exceptions(String name) {
    return new Parameter(
        exceptionsName(name), NONE, "assets that differ in " + name + ", as ETH 100, WBTC 200");
  }

  private static String exceptionsName(String name) {
    return name + "ByAsset";
  }

  /// Reads a constant and its exceptions.
  ///
  /// @throws IllegalArgumentException if an exception is no symbol and whole number
  static ByAsset of(Parameters parameters, String name) {
    Map<String, BigInteger> bySymbol = new LinkedHashMap<>();
    String text = parameters.text(exceptionsName(name));
    if (!text.equals(NONE)) {
      String[] entries = text.split(",", ASSETS_MAX);
      for (String entry : entries) {
        if (!entry.strip().matches("\\S+\\s+[0-9]+")) {
          throw new IllegalArgumentException(
              "'%s' lists assets as ETH 100, WBTC 200; not '%s'"
                  .formatted(exceptionsName(name), entry.strip()));
        }
        String[] words = entry.strip().split("\\s+", 2);
        bySymbol.put(words[0], new BigInteger(words[1]));
      }
    }
    return new ByAsset(parameters.integer(name), bySymbol);
  }

  BigInteger of(String symbol) {
    return bySymbol.getOrDefault(symbol, otherwise);
  }

  /// The largest number of any asset.
  BigInteger largest() {
    return bySymbol.values().stream().reduce(otherwise, BigInteger::max);
  }

  /// The least number of any asset.
  BigInteger least() {
    return bySymbol.values().stream().reduce(otherwise, BigInteger::min);
  }
}
