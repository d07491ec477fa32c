package io.resolute.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that can be configured. {@code docs/operating.md} documents each key.
 *
 * @param listen where the server is reached
 * @param tls who the server proves to be
 * @param instances how the work is spread over the cores
 * @param limits what is bounded, and at what
 * @param rates how fast one connection may go
 * @param perAddress what the clients at one address share
 * @param timeouts how long things may take
 * @param page the web page for people
 * @param eventBus the event bus for clients in other languages
 * @param secrets how secrets are kept in memory
 */
public record ServerConfig(
    ListenConfig listen,
    TlsConfig tls,
    InstancesConfig instances,
    LimitsConfig limits,
    RatesConfig rates,
    PerAddressConfig perAddress,
    TimeoutsConfig timeouts,
    PageConfig page,
    EventBusConfig eventBus,
    SecretsConfig secrets) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads a configuration from a file.
   *
   * @throws ConfigException if the file cannot be read, is not JSON, or says something that cannot
   *     be
   */
  public static ServerConfig load(Path file) throws ConfigException {
    String json;
    try {
      json = Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw ConfigException.at(file.toString(), "there is no such file; name one after -conf");
    } catch (IOException unreadable) {
      throw ConfigException.at(
          file.toString(),
          "cannot be read as text in UTF-8; check that it is a file and its rights");
    }
    try {
      return parse(json);
    } catch (ConfigException e) {
      throw ConfigException.at(file.toString(), e.line());
    }
  }

  /**
   * Reads a configuration from JSON. What is absent has its default.
   *
   * @throws ConfigException if it is not JSON, or says something that cannot be
   */
  public static ServerConfig parse(String json) throws ConfigException {
    return read(tree(json), new ArrayList<>());
  }

  /** Returns the configuration in which everything has its default. */
  public static ServerConfig defaults() {
    try {
      return parse("{}");
    } catch (ConfigException impossible) {
      throw new IllegalStateException("the defaults are a configuration", impossible);
    }
  }

  /** Returns every key that there is, in the order of the documentation. */
  public static List<ConfigKey> keys() {
    List<ConfigKey> keys = new ArrayList<>();
    try {
      read(tree("{}"), keys);
    } catch (ConfigException impossible) {
      throw new IllegalStateException("the defaults are a configuration", impossible);
    }
    return List.copyOf(keys);
  }

  private static JsonNode tree(String json) throws ConfigException {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      throw new ConfigException("not JSON" + where + ": " + firstLine(e.getOriginalMessage()));
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").replaceFirst(" \\(start marker at .*", "");
  }

  private static ServerConfig read(JsonNode tree, List<ConfigKey> described)
      throws ConfigException {
    Section root = Section.root(tree, described);
    ServerConfig config =
        new ServerConfig(
            ListenConfig.read(root.section("listen")),
            TlsConfig.read(root.section("tls")),
            InstancesConfig.read(root.section("instances")),
            LimitsConfig.read(root.section("limits")),
            RatesConfig.read(root.section("rates")),
            PerAddressConfig.read(root.section("perAddress")),
            TimeoutsConfig.read(root.section("timeouts")),
            PageConfig.read(root.section("page")),
            EventBusConfig.read(root.section("eventBus")),
            SecretsConfig.read(root.section("secrets")));
    root.end();
    checkTogether(config);
    return config;
  }

  private static void checkTogether(ServerConfig config) throws ConfigException {
    // A member that changes its keys tells each of the others, one message for each.
    RateConfig messages = config.rates.messages();
    if (messages.isLimited() && messages.burst() < config.limits.membersPerRoom()) {
      throw ConfigException.at("rates.messages.burst", "expected at least limits.membersPerRoom");
    }
    // Who is not read from for as long as that must not be taken for dead.
    RateConfig bytes = config.rates.bytes();
    if (bytes.refill().compareTo(config.timeouts.idle().dividedBy(2)) > 0) {
      throw ConfigException.at(
          "rates.bytes.burst",
          "expected no more than rates.bytes.rate gives in half of timeouts.idle");
    }
  }
}
