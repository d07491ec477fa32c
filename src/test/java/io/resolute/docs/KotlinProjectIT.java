package io.resolute.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.ClientRoom;
import io.resolute.client.ConnectOptions;
import io.resolute.client.Member;
import io.resolute.client.ResoluteClient;
import io.resolute.client.RoomListener;
import io.resolute.client.Trust;
import io.resolute.docs.Markdown.Block;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The Kotlin of the documents, copied into a project that has the dependencies and the build which
 * they name.
 */
class KotlinProjectIT {
  private static final Markdown README = Markdown.read("README.md");
  private static final Path EVENT_BUS = Path.of("docs/event-bus.md");
  private static final Pattern LINK = Pattern.compile("]\\((\\S+\\.kt)\\)");
  private static final long PATIENCE_SECONDS = 240; // Maven may have to fetch the dependencies.

  private final Path folder = Path.of("target/kotlin-project").toAbsolutePath();

  @Test
  void theFilesAndTheProgramOfTheReadmeCompileAndTalkUntilTheRoomEnds() throws Exception {
    makeProject();
    CompletableFuture<String> answer = new CompletableFuture<>();
    RoomListener listener =
        new RoomListener() {
          @Override
          public void memberJoined(ClientRoom room, Member member) {
            room.sendToAll("hello").join();
          }

          @Override
          public void message(ClientRoom room, Member from, String text) {
            answer.complete(from.username() + ": " + text);
          }
        };
    try (ServerProcess server = ServerProcess.start("")) {
      URI address = URI.create("wss://localhost:" + server.port() + "/v1");
      ConnectOptions options =
          ConnectOptions.builder().trust(Trust.pin(server.fingerprint())).build();
      ResoluteClient alice = ResoluteClient.connect(address, options).join();
      ClientRoom room = alice.createRoom("Plans", "alice", listener).join();
      String link = room.invite(KeyKind.ONE_TIME).join().toLink();
      Process project = maven(link, server.fingerprint());
      try {
        CompletableFuture<String> failed = project.onExit().thenApply(ended -> log());
        assertThat(
                answer.applyToEither(failed, said -> said).get(PATIENCE_SECONDS, TimeUnit.SECONDS))
            .isEqualTo("echo: You said: hello");
        alice.close();
        assertThat(project.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(project.exitValue()).as(log()).isZero();
      } finally {
        project.descendants().forEach(ProcessHandle::destroyForcibly);
        project.destroyForcibly();
      }
    }
  }

  private void makeProject() throws IOException {
    empty();
    Path sources = Files.createDirectories(folder.resolve("src/main/kotlin"));
    List<String> linked =
        LINK.matcher(Files.readString(EVENT_BUS)).results().map(match -> match.group(1)).toList();
    assertThat(linked).hasSizeGreaterThanOrEqualTo(4);
    for (String link : linked) {
      Path source = EVENT_BUS.resolveSibling(link).normalize();
      Files.copy(source, sources.resolve(source.getFileName()));
    }
    String program = only(README.section("Use it from Kotlin").blocks("kotlin"));
    Files.writeString(sources.resolve("Echo.kt"), program);

    String java = only(README.section("Use it from Java").blocks("xml"));
    List<Block> kotlin = Markdown.read(EVENT_BUS.toString()).section("From Kotlin").blocks("xml");
    assertThat(kotlin).hasSize(2);
    String pom = Files.readString(Path.of("src/test/resources/kotlin-project/pom.xml"));
    Files.writeString(
        folder.resolve("pom.xml"),
        pom.replace("<!-- dependencies -->", java + kotlin.get(0).text())
            .replace("<!-- build -->", kotlin.get(1).text()));
  }

  private void empty() throws IOException {
    if (Files.exists(folder)) {
      try (var all = Files.walk(folder)) { // Which does not follow links.
        for (Path entry : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(entry);
        }
      }
    }
  }

  private static String only(List<Block> blocks) {
    assertThat(blocks).hasSize(1);
    return blocks.get(0).text();
  }

  private Process maven(String link, String fingerprint) throws IOException {
    String build = Files.readString(Path.of("pom.xml"));
    return new ProcessBuilder(
            "mvn",
            "-B",
            "-ntp",
            "-Dmaven.repo.local=" + repository(),
            "-Dkotlin.compiler.daemon=false", // It would outlive the test.
            "-Dexec.executable=" + Path.of(System.getProperty("java.home"), "bin", "java"),
            "-Dexec.args=-cp %classpath io.resolute.kotlin.EchoKt " + link + " " + fingerprint,
            "compile",
            "org.codehaus.mojo:exec-maven-plugin:"
                + first("<exec.version>([^<]+)<", build)
                + ":exec")
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static String first(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow().group(1);
  }

  /**
   * Makes a repository that has what the one of this build has, and the library as {@code mvn
   * install} puts it there.
   */
  private Path repository() throws IOException {
    Path repository = folder.resolve("repository");
    link(repositoryOfThisBuild(), repository, "io");
    link(repositoryOfThisBuild().resolve("io"), repository.resolve("io"), "resolute");
    String version =
        first("<version>([^<]+)<", only(README.section("Use it from Java").blocks("xml")));
    Path library =
        Files.createDirectories(repository.resolve("io/resolute/resolute").resolve(version));
    String name = "resolute-" + version;
    Files.copy(Path.of("pom.xml"), library.resolve(name + ".pom"));
    Files.copy(Path.of("target", name + "-client.jar"), library.resolve(name + "-client.jar"));
    return repository;
  }

  /** Makes a folder that has all that is in another one, but for {@code one}, which is left out. */
  private static void link(Path from, Path to, String one) throws IOException {
    Files.createDirectories(to);
    try (var all = Files.list(from)) {
      for (Path entry : all.filter(entry -> !entry.endsWith(one)).toList()) {
        Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
      }
    }
  }

  private static Path repositoryOfThisBuild() {
    Path jar = Path.of(Test.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    // org/junit/jupiter/junit-jupiter-api/VERSION/….jar
    Path repository = jar;
    for (int i = 0; i < 6; i++) {
      repository = repository.getParent();
    }
    return repository;
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"), UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
