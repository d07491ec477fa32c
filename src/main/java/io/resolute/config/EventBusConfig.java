package io.resolute.config;

/**
 * The event bus for clients in JavaScript, Kotlin and others, and for verticles of the operator's.
 *
 * @param enabled whether there is one
 */
public record EventBusConfig(boolean enabled) {
  static EventBusConfig read(Section section) throws ConfigException {
    EventBusConfig config = new EventBusConfig(section.flag("enabled", true));
    section.end();
    return config;
  }
}
