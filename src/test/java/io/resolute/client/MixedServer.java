package io.resolute.client;

import io.resolute.config.TlsConfig;
import io.resolute.gateway.ServerIdentity;
import io.resolute.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real server and clients of every kind that are connected to it, in few processes. */
final class MixedServer implements AutoCloseable {
  /** How a client is made and connected. */
  enum Kind {
    JAVA,
    TYPESCRIPT,
    TYPESCRIPT_ON_EVENT_BUS
  }

  private final ServerIdentity identity;
  private final TestServer server;
  private final List<Puppet> puppets = new ArrayList<>();
  private final List<Party> parties = new ArrayList<>();

  /**
   * Starts it.
   *
   * @param folder for the certificate and its key
   */
  MixedServer(Path folder, int puppetProcesses) throws Exception {
    identity = ServerIdentity.load(new TlsConfig.SelfSigned(List.of("localhost")));
    Path certificate = Files.writeString(folder.resolve("server.pem"), identity.chain());
    Path key = Files.writeString(folder.resolve("server.key"), identity.key());
    server = TestServer.start("'tls':{'certificate':'" + certificate + "','key':'" + key + "'}");
    for (int i = 0; i < puppetProcesses; i++) {
      puppets.add(Puppet.start());
    }
  }

  /** Connects a client; those in TypeScript are in the processes by turns. */
  Party connect(Kind kind) {
    Puppet puppet = puppets.get(parties.size() % puppets.size());
    Party party =
        switch (kind) {
          case JAVA -> {
            Trust trust = Trust.pin(identity.fingerprint());
            ConnectOptions options = ConnectOptions.builder().trust(trust).build();
            yield new JavaParty(
                JavaParty.await(ResoluteClient.connect(URI.create(address()), options)));
          }
          case TYPESCRIPT ->
              new PuppetParty(puppet, where().put("fingerprint", identity.fingerprint()));
          case TYPESCRIPT_ON_EVENT_BUS ->
              new PuppetParty(
                  puppet,
                  where()
                      .put("eventBus", "https://localhost:" + server.port() + "/eventbus")
                      .put("certificate", identity.chain()));
        };
    parties.add(party);
    return party;
  }

  private JsonObject where() {
    return new JsonObject().put("server", address());
  }

  private String address() {
    return "wss://localhost:" + server.port() + "/v1";
  }

  @Override
  public void close() {
    parties.forEach(Party::close);
    puppets.forEach(Puppet::close);
    server.close();
  }
}
