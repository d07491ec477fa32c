package io.resolute.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A configuration as an operator, or something in its stead, writes it. */
class ServerConfigFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_LINE = 2000;
  private static final Set<String> KEYS =
      ServerConfig.keys().stream().map(ConfigKey::path).collect(Collectors.toSet());

  static Stream<byte[]> configurations() {
    return Stream.of(
            "{}",
            "{'listen':{'host':'::1','port':0,'path':'/a/b','origins':['https://a.example']}}",
            "{'listen':{'proxies':['10.0.0.0/8','::1'],'proxyProtocol':true}}",
            "{'listen':{'proxyProtocol':true}}",
            "{'tls':{'selfSigned':['localhost']},'instances':{'gateway':1,'rooms':2}}",
            "{'tls':{'certificate':'a.pem','key':'b.pem','reload':'1h'}}",
            "{'tls':{'certificate':'\\u0000','key':'b.pem'}}",
            "{'limits':{'message':'128KiB','sendQueue':'1MiB','connections':5,'rooms':7}}",
            "{'limits':{'message':'999999999GiB'}}",
            "{'limits':{'rooms':1e3}}",
            "{'limits':{'rooms':99999999999999999999}}",
            "{'rates':{'bytes':{'rate':'unlimited'},'commands':{'rate':'1/h','burst':24}}}",
            "{'rates':{'commands':{'rate':'1/h','burst':25}}}",
            "{'perAddress':{'connections':3,'opened':{'rate':'5/m','burst':9}}}",
            "{'timeouts':{'ping':'1s','idle':'3s','room':'1h'},'page':{'enabled':false}}",
            "{'eventBus':{'enabled':7}}",
            "{'listen':{'port':5656,'port':5656}}",
            "{'nothing':1}",
            "{'listen':{'port\\n':1}}",
            "{'listen':null}",
            "{} {}",
            "[]",
            "",
            "{\"a\":".repeat(2000),
            "{'" + "a".repeat(3000) + "':1}",
            ("{'" + "a".repeat(50) + "':").repeat(60) + "{'b':1,'b':1}" + "}".repeat(60))
        .map(json -> json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("configurations")
  @FuzzTest
  void aConfigurationIsOneOrIsRefusedInALineAndHasNoKeyThatNobodyReads(byte[] input)
      throws JsonProcessingException {
    String json = new String(input, StandardCharsets.UTF_8);
    try {
      ServerConfig config = ServerConfig.parse(json);
      assertWithinBounds(config);
      assertKnown("", JSON.readTree(json));
    } catch (ConfigException refusal) {
      assertThat(refusal.line()).isNotBlank().hasLineCount(1).hasSizeLessThan(LONGEST_LINE);
    }
  }

  private static void assertWithinBounds(ServerConfig config) {
    assertThat(config.listen().port()).isBetween(0, 65_535);
    assertThat(config.listen().path()).startsWith("/").doesNotStartWith("/eventbus/");
    LimitsConfig limits = config.limits();
    assertThat(limits.sendQueue()).isGreaterThanOrEqualTo(2 * limits.message());
    assertThat(limits.message())
        .isGreaterThanOrEqualTo(limits.name() + limits.username() + limits.publicKey());
    assertThat(List.of(limits.connections(), limits.rooms(), limits.roomsPerConnection()))
        .allMatch(limit -> limit >= 1);
    RatesConfig rates = config.rates();
    assertThat(List.of(rates.commands(), rates.messages(), rates.bytes(), rates.errors()))
        .allSatisfy(
            rate -> {
              assertThat(rate.perSecond()).isPositive();
              assertThat(rate.burst()).isPositive();
            });
    assertThat(config.timeouts().idle()).isPositive();
    assertThat(config.listen().proxyProtocol() && config.listen().proxies().isEmpty()).isFalse();
  }

  private static void assertKnown(String path, JsonNode node) {
    for (var field : node.properties()) {
      String name = path + field.getKey();
      if (field.getValue().isObject()) {
        assertThat(KEYS).as(name).anyMatch(key -> key.startsWith(name + "."));
        assertKnown(name + ".", field.getValue());
      } else {
        assertThat(KEYS).contains(name);
      }
    }
  }
}
