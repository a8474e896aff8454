package trimtab.core.account;

/// Side of an order.
public enum Side {
  /// An order that buys.
  BUY,
  /// An order that sells.
  SELL;

  /// The side that reduces a signed quantity.
  public static Side closing(long quantity) {
    return quantity > 0 ? SELL : BUY;
  }

  /// +1 for a purchase, -1 for a sale.
  public int sign() {
    return this == BUY ? 1 : -1;
  }
}
