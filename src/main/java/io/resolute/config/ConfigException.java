package io.resolute.config;

/** The configuration cannot be used. The message names the key's path and the mend, in one line. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String line;

  /** Makes the exception with a line for the person who runs the server. */
  public ConfigException(String line) {
    super(line);
    this.line = line;
  }

  /** Returns the line for the person who runs the server. */
  public String line() {
    return line;
  }

  static ConfigException at(String path, String problem) {
    return new ConfigException(path + ": " + problem);
  }
}
