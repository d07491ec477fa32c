package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.config.ConfigException;
import io.resolute.config.ServerConfig;
import io.vertx.core.http.HttpServerOptions;
import org.junit.jupiter.api.Test;

class HttpOptionsTest {
  @Test
  void whatComesBeforeHttpHasTheConfiguredTime() throws ConfigException {
    ServerConfig config = ServerConfig.parse("{\"timeouts\":{\"handshake\":\"3s\"}}");
    HttpServerOptions options = HttpVerticle.httpOptions(config);
    long patience = config.timeouts().handshake().toNanos();
    assertThat(options.getSslHandshakeTimeoutUnit().toNanos(options.getSslHandshakeTimeout()))
        .isEqualTo(patience);
    assertThat(options.getProxyProtocolTimeoutUnit().toNanos(options.getProxyProtocolTimeout()))
        .isEqualTo(patience);
  }
}
