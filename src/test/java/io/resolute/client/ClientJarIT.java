package io.resolute.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.resolute.testing.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thin jar of the client library in a project that has its dependencies and nothing else. */
class ClientJarIT {
  // Those that the README names.
  private static final List<Class<?>> DEPENDENCIES =
      List.of(
          ObjectMapper.class,
          JsonParser.class,
          JsonProperty.class,
          CryptoServicesRegistrar.class,
          Nullable.class);

  @Test
  void aProjectWithNothingElseCompilesAndTalks(@TempDir Path classes) throws Exception {
    String path = classPath();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-Xlint:all",
                "-Werror",
                "-cp",
                path,
                "-d",
                classes.toString(),
                "src/test/resources/client-project/Hello.java");
    assertThat(compiled).isZero();
    try (ServerProcess server = ServerProcess.start("")) {
      assertThat(run(classes, path, server)).isEqualTo("alice: hello\n");
    }
  }

  private static String run(Path classes, String path, ServerProcess server)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes + File.pathSeparator + path,
                "Hello",
                "wss://localhost:" + server.port() + "/v1",
                server.fingerprint())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static String classPath() throws IOException, URISyntaxException {
    List<String> path = new ArrayList<>();
    try (Stream<Path> jars = Files.list(Path.of("target"))) {
      path.add(
          jars.filter(jar -> jar.toString().endsWith("-client.jar"))
              .findFirst()
              .orElseThrow()
              .toString());
    }
    for (Class<?> dependency : DEPENDENCIES) {
      path.add(
          Path.of(dependency.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toString());
    }
    return String.join(File.pathSeparator, path);
  }
}
