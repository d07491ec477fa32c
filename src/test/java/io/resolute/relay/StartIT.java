package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.testing.Material;
import io.resolute.testing.RawClient;
import io.resolute.testing.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fat jar at its start: it runs, or says in one line why it does not. */
class StartIT {
  @TempDir private Path folder;

  @Test
  void theDevelopmentDefaultStarts() throws IOException {
    // The shipped file but for its port, which may be in use on this machine.
    String json = Files.readString(Path.of("conf/server.json")).replace("5656", "0");
    Path file = Files.writeString(folder.resolve("server.json"), json);
    try (ServerProcess server = ServerProcess.run("-conf", file.toString());
        RawClient client = server.connect()) {
      client.send("hello", "{'versions':[1]}").next("hello");
    }
  }

  @Test
  void aMissingFileIsNamed() {
    refused("no-such.json: there is no such file", "-conf", "no-such.json");
  }

  @Test
  void aFileThatIsNotJsonIsNamedWithThePlace() throws IOException {
    Path file = Files.writeString(folder.resolve("server.json"), "{\n  \"listen\": oops\n}");
    refused("server.json: not JSON at line 2", "-conf", file.toString());
  }

  @Test
  void anUnknownKeyIsNamedWithTheKnownOnes() {
    refused(
        "listen.prot: no such key; listen has host, origins, path, port",
        conf("'listen':{'prot':1}"));
  }

  @Test
  void aValueOfTheWrongTypeIsNamed() {
    refused("limits.rooms: expected a whole number", conf("'limits':{'rooms':'many'}"));
  }

  @Test
  void aValueOutOfRangeIsNamed() {
    refused("timeouts.ping: expected a duration from", conf("'timeouts':{'ping':'3d'}"));
  }

  @Test
  void aCertificateThatCannotBeReadIsNamed() {
    refused(
        "tls.certificate: no-such.pem cannot be read",
        conf("'tls':{'certificate':'no-such.pem','key':'no-such.pem'}"));
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String listen = "'listen':{'host':'127.0.0.1','port':" + taken.getLocalPort() + "}";
      ServerProcess server = ServerProcess.run(conf(listen));
      assertThat(server.exitStatus()).isEqualTo(1);
      assertThat(server.output())
          .filteredOn(line -> line.startsWith("resolute: "))
          .singleElement()
          .asString()
          .startsWith("resolute: listen.port: " + taken.getLocalPort() + " cannot be bound");
      assertThat(server.output()).noneMatch(line -> line.contains("Exception"));
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamed() {
    ServerProcess server = ServerProcess.run(conf("'listen':{'host':'192.0.2.1','port':0}"));
    assertThat(server.exitStatus()).isEqualTo(1);
    assertThat(server.output())
        .anyMatch(line -> line.startsWith("resolute: listen.host: 192.0.2.1"));
  }

  @Test
  void checkingNamesAnAddressOfAnotherMachine() {
    refusedByCheck(
        "listen.host: 192.0.2.1 is no address of this machine; name another",
        "'listen':{'host':'192.0.2.1','port':0}");
  }

  @Test
  void checkingNamesAHostThatIsNotKnown() {
    refusedByCheck(
        "listen.host: nowhere.invalid is not known; name another",
        "'listen':{'host':'nowhere.invalid'}");
  }

  @Test
  void checkingDoesNotTryThePort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String listen = "'listen':{'host':'127.0.0.1','port':" + taken.getLocalPort() + "}";
      assertThat(check(listen).exitStatus()).isZero();
    }
  }

  @Test
  void anEmptyNameOfAFileIsRefused() {
    refused("-conf: there is no file name; name a file, or leave -conf out", "-conf", "");
    refused("-conf: there is no file name", "-conf", " ", "--check");
  }

  @Test
  void whereNobodyConnectsButThroughTheProxyNoOtherWayInIsNamed() {
    String listen = "'listen':{'port':0,'proxies':['127.0.0.1'],'proxyProtocol':true}";
    try (ServerProcess server = ServerProcess.run(conf(listen))) {
      server.printed("Clients connect through the proxy, and in no other way");
      server.terminate();
      assertThat(server.output())
          .noneMatch(line -> line.contains("In a browser") || line.contains("On a terminal"));
    }
  }

  @Test
  void anUnknownOptionIsNamed() {
    ServerProcess server = ServerProcess.run("--no-such-option");
    assertThat(server.exitStatus()).isEqualTo(2);
    assertThat(server.output().get(0)).contains("--no-such-option");
  }

  @Test
  void checkingSaysThatTheConfigurationIsRightAndStartsNothing() {
    ServerProcess server = ServerProcess.run("-conf", "conf/server.json", "--check");
    assertThat(server.exitStatus()).isZero();
    assertThat(server.output()).containsExactly("The configuration is right.");
  }

  @Test
  void checkingRefusesWhatStartingRefuses() {
    refused("limits.rooms", "-conf", "{\"limits\":{\"rooms\":0}}", "--check");
  }

  @Test
  void fewerOpenFilesThanClientsCanTakeAreWarnedOf() {
    List<String> few = List.of("sh", "-c", "ulimit -n 1024; exec \"$@\"", "sh");
    String members = "'instances':{'gateway':2,'rooms':1},'limits':{'connections':";
    try (ServerProcess server = ServerProcess.startBelow(few, folder, members + "193}")) {
      server.printed("WARN .*may have 1024 files open, and .* can take 1028: raise that limit");
    }
    try (ServerProcess server = ServerProcess.startBelow(few, folder, members + "192}")) {
      server.terminate();
      assertThat(server.output()).noneMatch(line -> line.contains("files open"));
    }
  }

  @Test
  void checkingWarnsOfAKeyThatOthersMayReadAndFindsItRight() throws Exception {
    KeyPair keys = Material.keys("EC", 256);
    Instant until = Instant.now().plus(Duration.ofDays(30));
    Path chain = Material.write(folder, "c.pem", Material.certificate("server", keys, until));
    Path key = Material.write(folder, "k.pem", Material.pem(keys.getPrivate()));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    String tls = "'tls':{'certificate':'%s','key':'%s'}".formatted(chain, key);
    ServerProcess server = check(tls);
    assertThat(server.exitStatus()).isZero();
    assertThat(server.output()).hasSize(2).last().isEqualTo("The configuration is right.");
    assertThat(server.output().get(0)).contains("WARN", key.toString(), "chmod 600");
  }

  @Test
  void checkingWarnsOfACertificateThatExpiresSoonAndFindsItRight() throws Exception {
    ServerProcess server = check(certificate(Duration.ofDays(6)));
    assertThat(server.exitStatus()).isZero();
    assertThat(server.output()).hasSize(2).last().isEqualTo("The configuration is right.");
    assertThat(server.output().get(0)).contains("WARN", "The certificate expires", "replace");
    assertThat(check(certificate(Duration.ofDays(8))).output()).hasSize(1);
  }

  private String certificate(Duration validity) throws Exception {
    KeyPair keys = Material.keys("EC", 256);
    Instant until = Instant.now().plus(validity);
    Path chain = Material.write(folder, "c.pem", Material.certificate("server", keys, until));
    Path key = Material.write(folder, "k.pem", Material.pem(keys.getPrivate()));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return "'tls':{'certificate':'%s','key':'%s'}".formatted(chain, key);
  }

  @Test
  void withoutTheNativeLibraryTlsIsTheJdks() {
    try (ServerProcess server = ServerProcess.start("", "-Dio.netty.handler.ssl.noOpenSsl=true");
        RawClient client = server.connect()) {
      client.send("hello", "{'versions':[1]}").next("hello");
      server.terminate();
      assertThat(server.output()).anyMatch(line -> line.contains("(JDK, "));
    }
  }

  @Test
  void withoutNativeCallsItSaysThatItCanBeDumped() throws IOException {
    try (ServerProcess server = ServerProcess.start("", "-Djna.tmpdir=/proc/none")) {
      server.terminate();
      assertThat(server.output()).anyMatch(line -> line.contains("may write core files"));
    }
  }

  private static String[] conf(String members) {
    return new String[] {"-conf", "{" + members.replace('\'', '"') + "}"};
  }

  private static ServerProcess check(String members) {
    return ServerProcess.run(conf(members)[0], conf(members)[1], "--check");
  }

  /** As the start refuses what is right in itself, and not to be had here. */
  private static void refusedByCheck(String line, String members) {
    ServerProcess server = check(members);
    assertThat(server.exitStatus()).isEqualTo(1);
    assertThat(server.output()).containsExactly("resolute: " + line);
  }

  private static void refused(String what, String... arguments) {
    ServerProcess server = ServerProcess.run(arguments);
    assertThat(server.exitStatus()).isEqualTo(2);
    List<String> output = server.output();
    assertThat(output).hasSize(1);
    assertThat(output.get(0)).startsWith("resolute: ").contains(what);
  }
}
