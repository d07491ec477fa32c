package io.resolute;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.config.ConfigException;
import io.resolute.config.ServerConfig;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
  private static ServerConfig config(int connections, int gateways) throws ConfigException {
    return ServerConfig.parse(
        "{\"limits\":{\"connections\":%d},\"instances\":{\"gateway\":%d}}"
            .formatted(connections, gateways));
  }

  @Test
  void connectionsAndThePlacesBeforeThemAreNeeded() throws ConfigException {
    assertThat(OpenFiles.needed(config(1000, 3))).isEqualTo(5256);
    assertThat(OpenFiles.needed(config(1, 2))).isEqualTo(1 + 3 * 128 + 256);
    assertThat(OpenFiles.needed(config(10_000_000, 64))).isEqualTo(660_000_256L);
  }

  @Test
  void aLimitBelowThatIsWarnedOfWithWhatToRaise() throws ConfigException {
    assertThat(OpenFiles.shortage(config(1000, 3), 5256)).isEmpty();
    assertThat(OpenFiles.shortage(config(1000, 3), 5255))
        .hasValue(
            "The process may have 5255 files open, and limits.connections, with those who are not"
                + " let in yet, can take 5256: raise that limit (ulimit -n, LimitNOFILE=), or lower"
                + " limits.connections");
  }

  @Test
  void thisProcessHasALimit() {
    assertThat(OpenFiles.limit()).isPositive();
  }
}
