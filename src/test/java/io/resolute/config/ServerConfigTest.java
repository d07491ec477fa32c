package io.resolute.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration may say; {@code '} stands for {@code "}. */
class ServerConfigTest {
  private static ServerConfig parse(String json) throws ConfigException {
    return ServerConfig.parse(json.replace('\'', '"'));
  }

  private static String refusal(String json) {
    return line(catchThrowableOfType(ConfigException.class, () -> parse(json)));
  }

  private static String line(ConfigException refusal) {
    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(refusal.line()).isEqualTo(refusal.getMessage()).isNotBlank().hasLineCount(1);
    return refusal.line();
  }

  /** A configuration in which the key at {@code path} is {@code value}. */
  private static String with(String path, String value) {
    int dot = path.lastIndexOf('.');
    String json = "{'" + path.substring(dot + 1) + "':" + value + "}";
    return dot < 0 ? json : with(path.substring(0, dot), json);
  }

  @Test
  void theDefaultsAreAsDocumented() throws ConfigException {
    ServerConfig config = parse("{}");
    assertThat(config).isEqualTo(ServerConfig.defaults());
    assertThat(config.listen())
        .isEqualTo(new ListenConfig("0.0.0.0", 5656, "/v1", List.of(), List.of(), false));
    assertThat(config.tls())
        .isEqualTo(new TlsConfig.SelfSigned(List.of("localhost", "127.0.0.1", "::1")));
    assertThat(config.limits())
        .isEqualTo(
            new LimitsConfig(65_536, 1024, 1024, 4096, 1_048_576, 10_000, 10_000, 16, 100, 1000));
    assertThat(config.timeouts())
        .isEqualTo(
            new TimeoutsConfig(
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofDays(1),
                Duration.ofSeconds(10)));
    assertThat(config.rates())
        .isEqualTo(
            new RatesConfig(
                new RateConfig(50, 500),
                new RateConfig(100, 1000),
                new RateConfig(2 << 20, 16 << 20),
                new RateConfig(0.1, 10),
                new RateConfig(1, 100)));
    assertThat(config.perAddress())
        .isEqualTo(
            new PerAddressConfig(
                250,
                new RateConfig(50, 1000),
                new RateConfig(20, 500),
                new RateConfig(2 / 60.0, 100)));
    int cores = Math.min(64, Runtime.getRuntime().availableProcessors());
    assertThat(config.instances()).isEqualTo(new InstancesConfig(cores, cores));
    assertThat(config.page().enabled()).isTrue();
    assertThat(config.eventBus().enabled()).isTrue();
  }

  @Test
  void theFileForDevelopmentSaysTheDefaults() throws ConfigException {
    assertThat(ServerConfig.load(Path.of("conf/server.json"))).isEqualTo(ServerConfig.defaults());
  }

  @Test
  void theFileForProductionIsAConfiguration() throws ConfigException {
    ServerConfig config = ServerConfig.load(Path.of("conf/production.json"));
    assertThat(config.tls()).isInstanceOf(TlsConfig.Files.class);
    assertThat(config.listen().port()).isEqualTo(443);
  }

  @Test
  void everyKeyThatIsSetIsTaken() throws ConfigException {
    ServerConfig config =
        parse(
            "{'listen':{'host':'::1','port':0,'path':'/a/b','origins':['https://a.example'],"
                + "'proxies':['10.0.0.0/8'],'proxyProtocol':true},"
                + "'tls':{'certificate':'c.pem','key':'k.pem','reload':'1m'},"
                + "'instances':{'gateway':3,'rooms':5},"
                + "'limits':{'message':'3KiB','name':'16B','username':'17B','publicKey':'2KiB',"
                + "'sendQueue':'1MiB','connections':1,'rooms':2,'roomsPerConnection':3,"
                + "'membersPerRoom':4,'oneTimeKeysPerRoom':5},"
                + "'rates':{'commands':{'rate':'1/s','burst':2},"
                + "'messages':{'rate':'3/m','burst':4},"
                + "'bytes':{'rate':'100KiB/s','burst':'65KiB'},"
                + "'failedJoins':{'rate':'5/h','burst':6},"
                + "'errors':{'rate':'unlimited','burst':1}},"
                + "'perAddress':{'connections':7,'handshakes':{'rate':'12/s','burst':13},"
                + "'opened':{'rate':'8/s','burst':9},"
                + "'rooms':{'rate':'10/m','burst':11}},"
                + "'timeouts':{'handshake':'100ms','ping':'1s','idle':'2s','write':'4s','close':'3s',"
                + "'room':'4h','shutdown':'5m'},"
                + "'page':{'enabled':false},'eventBus':{'enabled':false},"
                + "'secrets':{'requireLocked':true,'debuggable':true}}");
    assertThat(config)
        .isEqualTo(
            new ServerConfig(
                new ListenConfig(
                    "::1",
                    0,
                    "/a/b",
                    List.of("https://a.example"),
                    List.of(Network.parse("10.0.0.0/8").orElseThrow()),
                    true),
                new TlsConfig.Files(Path.of("c.pem"), Path.of("k.pem"), Duration.ofMinutes(1)),
                new InstancesConfig(3, 5),
                new LimitsConfig(3072, 16, 17, 2048, 1_048_576, 1, 2, 3, 4, 5),
                new RatesConfig(
                    new RateConfig(1, 2),
                    new RateConfig(0.05, 4),
                    new RateConfig(102_400, 66_560),
                    new RateConfig(5 / 3600.0, 6),
                    RateConfig.unlimited()),
                new PerAddressConfig(
                    7, new RateConfig(12, 13), new RateConfig(8, 9), new RateConfig(10 / 60.0, 11)),
                new TimeoutsConfig(
                    Duration.ofMillis(100),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(3),
                    Duration.ofHours(4),
                    Duration.ofMinutes(5)),
                new PageConfig(false),
                new EventBusConfig(false),
                new SecretsConfig(true, true)));
  }

  static Stream<String> paths() {
    return ServerConfig.keys().stream().map(ConfigKey::path);
  }

  @ParameterizedTest
  @MethodSource("paths")
  void everyKeyIsNamedByItsPathWhenItsTypeIsWrong(String path) {
    for (String wrong : new String[] {"null", "{}", "[1]", "''", "' '", "1.5", "[[]]"}) {
      assertThat(refusal(with(path, wrong))).startsWith(path + ": ");
    }
  }

  private static Map<String, String> types() {
    return ServerConfig.keys().stream().collect(Collectors.toMap(ConfigKey::path, ConfigKey::type));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void onlyFlagsAreTrueOrFalseAndOnlyListsAreLists(String path) {
    String type = types().getOrDefault(path, "");
    if (!type.equals("flag")) {
      assertThat(refusal(with(path, "true"))).startsWith(path + ": ");
    }
    if (!type.startsWith("list ")) {
      assertThat(refusal(with(path, "[]"))).startsWith(path + ": ");
    }
  }

  @Test
  void thePathOfTheEventBusIsTaken() {
    assertThat(refusal("{'listen':{'path':'/eventbus'}}")).startsWith("listen.path: ");
    assertThat(refusal("{'listen':{'path':'/eventbus/v1'}}")).startsWith("listen.path: ");
    assertThat(problem("{'listen':{'path':'/eventbuses'}}")).isEqualTo("none");
  }

  @Test
  void anOriginIsASchemeAHostAndAPort() {
    for (String wrong :
        new String[] {
          "chat.example.org",
          "https://A.example",
          "https://a/",
          "*",
          "https://a.example:443",
          "http://a.example:80"
        }) {
      assertThat(refusal("{'listen':{'origins':['" + wrong + "']}}"))
          .startsWith("listen.origins: ");
    }
    for (String right :
        new String[] {"https://a.example", "http://[::1]:8080", "app://a", "https://a:80"}) {
      assertThat(problem("{'listen':{'origins':['" + right + "']}}")).isEqualTo("none");
    }
  }

  static Stream<ConfigKey> ranges() {
    return ServerConfig.keys().stream().filter(key -> key.range().matches(".+ to .+"));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void everyRangeIsHeldAtBothEnds(ConfigKey key) {
    String[] ends = key.range().split(" to ", 2);
    boolean number = key.type().equals("number");
    for (String end : ends) {
      String value = number ? end : "'" + end + "'";
      // Two keys are held against a third one, too; that line names a relation and no range.
      assertThat(problem(with(key.path(), value))).doesNotContain(" from ");
    }
    assertThat(refusal(with(key.path(), next(ends[0], -1, number))))
        .isEqualTo(
            key.path() + ": expected a " + key.type() + " from " + ends[0] + " to " + ends[1]);
    assertThat(refusal(with(key.path(), next(ends[1], 1, number))))
        .isEqualTo(
            key.path() + ": expected a " + key.type() + " from " + ends[0] + " to " + ends[1]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/s", "-1/s", "1", "s", "1/d", "1KiB/s", "20 / s", "1/s/s", "unlimitet"})
  void aRateIsANumberOfThingsInATime(String rate) {
    assertThat(refusal(with("rates.commands.rate", "'" + rate + "'")))
        .startsWith("rates.commands.rate: expected a rate such as ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0B/s", "20/s", "1MiB", "1MiB/d"})
  void aRateOfBytesIsASizeInATime(String rate) {
    assertThat(refusal(with("rates.bytes.rate", "'" + rate + "'")))
        .startsWith("rates.bytes.rate: expected a rate such as ");
  }

  @Test
  void whatABurstTakesToComeBackIsBounded() {
    assertThat(refusal("{'rates':{'errors':{'rate':'1/h','burst':25}}}"))
        .isEqualTo("rates.errors.burst: expected no more than rates.errors.rate gives in a day");
    assertThat(problem("{'rates':{'errors':{'rate':'1/h','burst':24}}}")).isEqualTo("none");
    assertThat(problem("{'rates':{'errors':{'rate':'unlimited','burst':1000000000}}}"))
        .isEqualTo("none");
    assertThat(refusal("{'rates':{'bytes':{'rate':'1MiB/s','burst':'31MiB'}}}"))
        .startsWith("rates.bytes.burst: ");
    assertThat(problem("{'rates':{'bytes':{'rate':'1MiB/s','burst':'30MiB'}}}")).isEqualTo("none");
  }

  @Test
  void howLongSomebodyMayOweIsKnown() throws ConfigException {
    assertThat(ServerConfig.defaults().longestPause()).isZero();
    String large = "{'limits':{'message':'2MiB','sendQueue':'4MiB'},'rates':{'bytes':%s}}";
    assertThat(parse(large.formatted("{}")).longestPause()).isEqualTo(Duration.ofSeconds(192));
    assertThat(parse(large.formatted("{'rate':'unlimited'}")).longestPause()).isZero();
  }

  @Test
  void aMemberMayTellEveryOtherSomethingAtOnce() {
    assertThat(refusal("{'rates':{'messages':{'burst':99}}}"))
        .isEqualTo("rates.messages.burst: expected at least limits.membersPerRoom");
    assertThat(problem("{'rates':{'messages':{'burst':99,'rate':'unlimited'}}}")).isEqualTo("none");
  }

  @Test
  void aProxyIsAnAddressOrARangeOfThem() {
    for (String wrong : new String[] {"proxy.example", "10.0.0.0/33", "::/129", "10.0.0", "/8"}) {
      assertThat(refusal("{'listen':{'proxies':['" + wrong + "']}}"))
          .startsWith("listen.proxies: ");
    }
    for (String right : new String[] {"127.0.0.1", "::1", "10.0.0.0/8", "2001:db8::/32"}) {
      assertThat(problem("{'listen':{'proxies':['" + right + "']}}")).isEqualTo("none");
    }
    for (String all : new String[] {"0.0.0.0/0", "10.0.0.0/0", "::/0"}) {
      assertThat(refusal("{'listen':{'proxies':['192.0.2.1','" + all + "']}}"))
          .isEqualTo(
              "listen.proxies: expected no range of all addresses, in which everybody would be"
                  + " believed; name the proxies alone");
    }
    assertThat(refusal("{'listen':{'proxyProtocol':true}}"))
        .isEqualTo("listen.proxyProtocol: expected listen.proxies beside it");
  }

  private static String problem(String json) {
    try {
      parse(json);
      return "none";
    } catch (ConfigException e) {
      return e.line();
    }
  }

  /** The value one step of its smallest unit away from {@code end}. */
  private static String next(String end, int step, boolean number) {
    if (number) {
      return Long.toString(Long.parseLong(end) + step);
    }
    var size = Quantity.size(end);
    if (size.isPresent()) {
      return "'" + (size.get() + step) + "B'";
    }
    Duration duration = Quantity.duration(end).orElseThrow();
    return step < 0
        ? "'" + duration.plusMillis(step).toMillis() + "ms'"
        : "'" + duration.plusSeconds(step).toSeconds() + "s'";
  }

  @Test
  void mostKeysHaveARange() {
    assertThat(ranges()).hasSize(30);
    assertThat(paths()).hasSize(50).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999", "-1", "1e9999", "123456789012345678901234567890"})
  void aNumberThatIsNoCountIsRefused(String number) {
    assertThat(refusal(with("limits.rooms", number))).startsWith("limits.rooms: expected a ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "65536",
        "'65536'",
        "'KiB'",
        "'64KB'",
        "'-64KiB'",
        "'6.4KiB'",
        "'64 Ki B'",
        "'20s'"
      })
  void aSizeWithoutAUnitIsRefused(String value) {
    assertThat(refusal(with("limits.message", value))).startsWith("limits.message: expected ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20",
        "'20'",
        "'s'",
        "'20S'",
        "'20sec'",
        "'1m 20s'",
        "'20KiB'",
        "'-20s'",
        "'1.5s'"
      })
  void aDurationWithoutAUnitIsRefused(String value) {
    assertThat(refusal(with("timeouts.ping", value))).startsWith("timeouts.ping: expected ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lisen",
        "listen.hots",
        "listen.Host",
        "tls.selfsigned",
        "instances.keys",
        "limits.messages",
        "timeouts.idle_"
      })
  void aKeyThatThereIsNotIsNamedWithThoseThatThereAre(String path) {
    assertThat(refusal(with(path, "1"))).startsWith(path + ": no such key; ").contains(" has ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"listen", "tls", "instances", "limits", "timeouts", "page", "eventBus"})
  void aSectionIsAnObject(String section) {
    for (String wrong : new String[] {"null", "1", "'x'", "[]"}) {
      assertThat(refusal(with(section, wrong))).startsWith(section + ": expected an object");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "", "/v 1", "/v1?", "/:id", "/*", "/\u00e9"})
  void aPathThatIsNoneIsRefused(String path) {
    assertThat(refusal(with("listen.path", "'" + path + "'"))).startsWith("listen.path: ");
  }

  @Test
  void aCertificateAndItsKeyAreNamedTogether() {
    assertThat(refusal("{'tls':{'certificate':'c'}}")).startsWith("tls.key: missing");
    assertThat(refusal("{'tls':{'key':'k'}}")).startsWith("tls.certificate: missing");
    assertThat(refusal("{'tls':{'certificate':'c','key':'k','selfSigned':['localhost']}}"))
        .startsWith("tls.selfSigned: remove it");
    assertThat(refusal("{'tls':{'selfSigned':{'a':'localhost'}}}")).startsWith("tls.selfSigned: ");
  }

  @Test
  void aFileNameThatCannotBeOneIsRefused() {
    assertThat(refusal("{'tls':{'certificate':'c\\u0000','key':'k'}}"))
        .startsWith("tls.certificate: ");
    assertThat(refusal("{'tls':{'certificate':'c','key':'k\\u0000'}}")).startsWith("tls.key: ");
  }

  @Test
  void twoKeysThatMustFitEachOtherDo() {
    assertThat(refusal("{'timeouts':{'ping':'31s'}}")).startsWith("timeouts.idle: ");
    assertThat(refusal("{'limits':{'message':'1MiB'}}")).startsWith("limits.sendQueue: ");
    assertThat(refusal("{'limits':{'membersPerRoom':205}}"))
        .isEqualTo(
            "limits.sendQueue: expected at least membersPerRoom × (username + publicKey), which is"
                + " 1025KiB");
    assertThat(problem("{'timeouts':{'ping':'30s'}}")).isEqualTo("none");
    assertThat(problem("{'limits':{'message':'512KiB'}}")).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'listen':{'port':1,'port':2}}|listen.port: is there twice; keep one",
        "{'listen':{},'listen':{}}|listen: is there twice; keep one",
        "{'limits':{'rooms':5,'rooms':6}}|limits.rooms: is there twice; keep one",
        "{'rates':{'bytes':{'burst':1,'burst':1}}}|rates.bytes.burst: is there twice",
        "{'listen':{'origins':[1,{'a':1,'a':1}]}}|listen.origins.a: is there twice",
        "{'a\\n':1,'a\\n':1}|a?: is there twice",
        "{}  {}|more follows behind the configuration at line 1, column 5; remove it",
        "{'listen':{}} x|more follows behind the configuration at line 1",
        "{}}|more follows behind the configuration at line 1",
        "{'timeouts':{'idle':'4s','ping':'1s'}}|rates.bytes.burst: expected no more than"
            + " rates.bytes.rate gives in half of timeouts.idle; lower it, or raise timeouts.idle"
            + " to 16s",
        "{'listen':{},}|not JSON at line 1",
        "{'listen':{}|not JSON at line 1",
        "{listen:{}}|not JSON at line 1",
        "{// none|not JSON at line 1",
        "[]|the configuration is not a JSON object",
        "null|the configuration is not a JSON object",
        "1|the configuration is not a JSON object"
      })
  void whatIsNotOneJsonObjectIsRefusedWithItsPlace(String json, String line) {
    assertThat(problem(json.replace('\'', '"'))).startsWith(line);
  }

  @Test
  void anEmptyTextIsNoConfiguration() {
    assertThat(problem("")).isEqualTo("the configuration is not a JSON object");
  }

  @Test
  void thePlaceOfAMistakeIsItsLineAndColumn() {
    assertThat(refusal("{\n  'listen': {\n    'port': oops\n}}"))
        .startsWith("not JSON at line 3, column ");
  }

  @Test
  void aFileThatCannotBeReadIsNamed(@TempDir Path dir) throws Exception {
    Path missing = dir.resolve("missing.json");
    assertThat(loading(missing)).startsWith(missing + ": there is no such file");
    assertThat(loading(dir)).startsWith(dir + ": cannot be read");
    Path latin = Files.write(dir.resolve("latin.json"), new byte[] {'{', (byte) 0xe9, '}'});
    assertThat(loading(latin)).startsWith(latin + ": cannot be read");
    Path under = latin.resolve("under.json");
    assertThat(loading(under)).startsWith(under + ": ");
  }

  @Test
  void aByteOrderMarkIsNamedAsThat(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("server.json"), "\uFEFF{}");
    assertThat(loading(file))
        .isEqualTo(file + ": begins with a byte order mark; save it as UTF-8 without one");
  }

  @Test
  void aMistakeInAFileIsNamedWithTheFile(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("server.json");
    Files.writeString(file, "{\"listen\":{\"port\":70000}}", StandardCharsets.UTF_8);
    assertThat(loading(file)).startsWith(file + ": listen.port: expected a number from 0 to 65535");
  }

  private static String loading(Path file) {
    return line(catchThrowableOfType(ConfigException.class, () -> ServerConfig.load(file)));
  }

  @Test
  void everyKeyIsDocumentedWithTypeRangeAndDefault() {
    assertThat(ServerConfig.keys())
        .allSatisfy(
            key -> {
              assertThat(key.type()).isNotBlank();
              assertThat(key.range()).isNotBlank();
              assertThat(key.defaultValue()).isNotBlank();
            });
  }

  @Test
  void whatIsDocumentedAsTheDefaultIsTheDefault() throws ConfigException {
    for (ConfigKey key : ServerConfig.keys()) {
      if (key.defaultValue().matches("[\"\\[].*|\\d+|true|false")) {
        assertThat(ServerConfig.parse(with(key.path(), key.defaultValue()).replace('\'', '"')))
            .isEqualTo(ServerConfig.defaults());
      }
    }
  }

  @Test
  void ofALongNameTheBeginningIsNamed() {
    assertThat(refusal("{'listening" + "x".repeat(5000) + "':1}"))
        .startsWith("listeningx")
        .contains("x…: no such key; ")
        .hasSizeLessThan(300);
  }

  @Test
  void ofALongPathTheEndIsNamed() {
    String deep = "{'listens':".repeat(900) + "{'port':1,'port':2}" + "}".repeat(900);
    assertThat(refusal(deep))
        .startsWith("…")
        .endsWith(".listens.listens.port: is there twice; keep one")
        .hasSizeLessThan(300);
  }
}
