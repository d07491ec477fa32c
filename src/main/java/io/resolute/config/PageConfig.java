package io.resolute.config;

/**
 * The web page for people, which invites lead to.
 *
 * @param enabled whether it is served
 */
public record PageConfig(boolean enabled) {
  static PageConfig read(Section section) throws ConfigException {
    PageConfig config = new PageConfig(section.flag("enabled", true));
    section.end();
    return config;
  }
}
