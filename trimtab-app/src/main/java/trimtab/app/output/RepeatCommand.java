package trimtab.app.output;

/// The command line that gives the same result again.
public final class RepeatCommand {
  private final StringBuilder text;

  /// @param start such as `./trimtab replay`
  public RepeatCommand(String start) {
    this.text = new StringBuilder(start);
  }

  /// Adds an option, its value quoted where a shell would change it.
  public RepeatCommand option(String name, String value) {
    boolean plain = value.matches("[A-Za-z0-9_./,:=+-]+");
    String quoted = plain ? value : "'" + value.replace("'", "'\\''") + "'";
    text.append(' ').append(name).append(' ').append(quoted);
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
