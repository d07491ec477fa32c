package io.resolute.config;

/**
 * One key of the configuration, as it is documented.
 *
 * @param path the names from the root, joined by dots
 * @param type what a value looks like, with its unit
 * @param range the values that are taken
 * @param defaultValue the value where the key is absent, as it would be written
 */
public record ConfigKey(String path, String type, String range, String defaultValue) {}
