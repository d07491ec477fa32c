package io.resolute.config;

/**
 * How secrets are kept in memory.
 *
 * @param requireLocked whether the server refuses to start where they could be swapped to disk
 * @param debuggable whether others of the same user may read the process's memory, and the kernel
 *     may write a core file
 */
public record SecretsConfig(boolean requireLocked, boolean debuggable) {
  static SecretsConfig read(Section section) throws ConfigException {
    SecretsConfig config =
        new SecretsConfig(section.flag("requireLocked", false), section.flag("debuggable", false));
    section.end();
    return config;
  }
}
