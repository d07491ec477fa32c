package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.config.ConfigException;
import io.resolute.config.LimitsConfig;
import io.resolute.config.ServerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/operating.md} and the files in {@code conf} against the code. */
class OperatingDocTest {
  private static final int READ_AHEAD = 256 << 10; // As in gateway.WebSocketPeer.

  private static final Markdown DOCUMENT = Markdown.read("docs/operating.md");

  @Test
  void everyKeyIsDocumentedWithItsTypeRangeAndDefault() {
    List<List<String>> expected =
        ServerConfig.keys().stream()
            .map(key -> List.of(key.path(), key.type(), key.range(), key.defaultValue()))
            .toList();
    List<List<String>> documented =
        DOCUMENT.section("Configuration").table().stream().map(row -> row.subList(0, 4)).toList();
    assertThat(documented).isEqualTo(expected);
  }

  @Test
  void everyKeyHasAMeaning() {
    assertThat(DOCUMENT.section("Configuration").table())
        .allSatisfy(row -> assertThat(row.get(4)).isNotBlank());
  }

  @Test
  void worstCasesAreTheProductsOfTheDefaults() {
    LimitsConfig limits = ServerConfig.defaults().limits();
    long connections = limits.connections();
    long memberships = connections * limits.roomsPerConnection();
    List<String> expected = new ArrayList<>();
    expected.add(binary(connections * limits.sendQueue()));
    expected.add(binary(2 * 2 * connections * limits.message()));
    expected.add(binary(2 * connections * (limits.message() + READ_AHEAD)));
    expected.add(binary(memberships * (limits.publicKey() + limits.username())));
    expected.add(binary((long) limits.rooms() * limits.name()));
    expected.add(binary(32L * limits.rooms() * limits.oneTimeKeysPerRoom()));
    assertThat(DOCUMENT.section("Memory").table().stream().map(row -> row.get(2)).toList())
        .isEqualTo(expected);
  }

  private static String binary(long bytes) {
    double mebibytes = bytes / 1048576.0;
    if (mebibytes >= 1024) {
      return String.format(Locale.ROOT, "%.1f GiB", mebibytes / 1024);
    }
    String form = mebibytes >= 100 ? "%.0f MiB" : "%.1f MiB";
    return String.format(Locale.ROOT, form, mebibytes);
  }

  @Test
  void developmentConfigurationIsTheDefaults() throws ConfigException {
    assertThat(ServerConfig.load(Path.of("conf/server.json"))).isEqualTo(ServerConfig.defaults());
  }

  @Test
  void productionConfigurationIsRightButForItsCertificate() throws ConfigException {
    ServerConfig config = ServerConfig.load(Path.of("conf/production.json"));
    assertThat(config.listen().port()).isEqualTo(443);
  }
}
