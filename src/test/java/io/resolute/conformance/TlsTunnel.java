package io.resolute.conformance;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** A port without TLS in front of a server with it, for a client that cannot do TLS. */
final class TlsTunnel {
  private final NetClient client;
  private final int target;

  private TlsTunnel(Vertx vertx, int target) {
    this.client =
        vertx.createNetClient(
            new NetClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setHostnameVerificationAlgorithm(""));
    this.target = target;
  }

  /**
   * Opens a tunnel, which lasts as long as {@code vertx}.
   *
   * @param target the port of the server
   * @return the port of the tunnel
   */
  static Future<Integer> open(Vertx vertx, int target) {
    TlsTunnel tunnel = new TlsTunnel(vertx, target);
    return vertx
        .createNetServer()
        .connectHandler(tunnel::connect)
        .listen(0, "127.0.0.1")
        .map(NetServer::actualPort);
  }

  private void connect(NetSocket plain) {
    plain.pause();
    client
        .connect(target, "127.0.0.1")
        .onFailure(refused -> plain.close())
        .onSuccess(
            secure -> {
              plain.pipeTo(secure);
              secure.pipeTo(plain);
            });
  }
}
