package io.resolute.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.List;
import java.util.Set;

/**
 * What the server speaks below HTTP: TLS 1.3, and 1.2 with forward secrecy and AEAD suites alone.
 */
final class TlsOptions {
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

  private static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private TlsOptions() {}

  /** Returns whether the native library is there; TLS is the JDK's own otherwise. */
  static boolean isNative() {
    return OpenSSLEngineOptions.isAvailable();
  }

  /** Makes {@code options} those of a TLS server with {@code identity}. */
  static HttpServerOptions apply(HttpServerOptions options, ServerIdentity identity) {
    options
        .setSsl(true)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(identity.chain()))
                .addKeyValue(Buffer.buffer(identity.key())))
        .setSslEngineOptions(isNative() ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions())
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setUseAlpn(false)
        .setHttp2ClearTextEnabled(false);
    SUITES.forEach(options::addEnabledCipherSuite);
    return options;
  }
}
