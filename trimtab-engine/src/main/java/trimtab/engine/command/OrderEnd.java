package trimtab.engine.command;

/// Why an order ended before it was filled whole.
public enum OrderEnd {
  CANCELLED,
  REJECTED,
  EXPIRED
}
