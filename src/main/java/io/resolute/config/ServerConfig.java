package io.resolute.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  private static final String BYTE_ORDER_MARK = "\uFEFF";
  // What Jackson's exception for it begins with, which is of no class of its own.
  private static final String REPEATED = "Duplicate field";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

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
    if (json.startsWith(BYTE_ORDER_MARK)) {
      throw new ConfigException("begins with a byte order mark; save it as UTF-8 without one");
    }
    try (JsonParser parser = MAPPER.createParser(json)) {
      return tree(parser);
    } catch (IOException impossible) {
      throw new UncheckedIOException("a text in memory could not be read", impossible);
    }
  }

  private static JsonNode tree(JsonParser parser) throws IOException, ConfigException {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(parser);
    } catch (JsonProcessingException e) {
      if (e.getOriginalMessage().startsWith(REPEATED)) {
        throw ConfigException.at(path(parser.getParsingContext()), "is there twice; keep one");
      }
      throw new ConfigException(
          "not JSON" + place(e.getLocation()) + ": " + firstLine(e.getOriginalMessage()));
    }
    if (hasMore(parser)) {
      throw new ConfigException(
          "more follows behind the configuration"
              + place(parser.currentTokenLocation())
              + "; remove it");
    }
    return tree == null ? MissingNode.getInstance() : tree;
  }

  private static boolean hasMore(JsonParser parser) throws IOException {
    try {
      return parser.nextToken() != null;
    } catch (JsonProcessingException noJsonEither) {
      return true;
    }
  }

  private static String place(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** Returns the path of the key at which {@code place} is. */
  private static String path(JsonStreamContext place) {
    String name = place.getCurrentName();
    String parent = place.getParent() == null ? "" : path(place.getParent());
    return name == null ? parent : Section.path(parent, name);
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

  /** Returns a duration as it is configured, rounded up. */
  private static String seconds(Duration duration) {
    return duration.plusSeconds(1).minusNanos(1).toSeconds() + "s";
  }

  /**
   * Returns for how long a member may owe what its longest messages to a full room cost, and is not
   * read from; zero if that is within a burst, or there is no limit.
   */
  public Duration longestPause() {
    RateConfig bytes = rates.bytes();
    // Two, as one and the next are under way when it shows what the first has cost.
    double owed = 2.0 * limits.message() * limits.membersPerRoom() - bytes.burst();
    return bytes.isLimited() && owed > 0
        ? Duration.ofSeconds((long) Math.ceil(owed / bytes.perSecond()))
        : Duration.ZERO;
  }

  private static void checkTogether(ServerConfig config) throws ConfigException {
    // A member that changes its keys tells each of the others, one message for each.
    RateConfig messages = config.rates.messages();
    if (messages.isLimited() && messages.burst() < config.limits.membersPerRoom()) {
      throw ConfigException.at("rates.messages.burst", "expected at least limits.membersPerRoom");
    }
    // Who has used a burst up gets no answers until it is back, and must not take us for dead.
    RateConfig bytes = config.rates.bytes();
    if (bytes.refill().compareTo(config.timeouts.idle().dividedBy(2)) > 0) {
      throw ConfigException.at(
          "rates.bytes.burst",
          "expected no more than rates.bytes.rate gives in half of timeouts.idle; lower it, or raise"
              + " timeouts.idle to "
              + seconds(bytes.refill().multipliedBy(2)));
    }
  }
}
