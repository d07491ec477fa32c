package io.resolute.client;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A process of Node with TypeScript clients in it, which do what they are told: {@code
 * src/test/js/puppet.ts}. Safe for use by several threads.
 */
final class Puppet implements AutoCloseable {
  private static final Path PROGRAM = Path.of("target", "js-test", "puppet.mjs");
  private static final Path NODE = Path.of("target", "js-test", "node.txt");
  private static final String MISSING =
      "The TypeScript client is not built for the tests: install Node 18 or later and npm (on"
          + " Debian, apt-get install nodejs npm) and run `node src/test/js/run.mjs bundle`, as"
          + " Maven does.";

  private final Process process;
  private final BufferedWriter commands;
  private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
  private final Map<String, Consumer<JsonObject>> listeners = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  private Puppet(Process process) {
    this.process = process;
    commands = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "puppet");
    reader.setDaemon(true);
    reader.start();
  }

  static Puppet start() {
    if (!Files.exists(PROGRAM) || !Files.exists(NODE)) {
      throw new AssertionError(MISSING);
    }
    try {
      String node = Files.readString(NODE);
      return new Puppet(
          new ProcessBuilder(node, "--enable-source-maps", PROGRAM.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(MISSING, e);
    }
  }

  /** Returns a name for a client that no other one has. */
  String newName() {
    return "client " + numbers.incrementAndGet();
  }

  /** Has this told of all events of a client. */
  void listen(String client, Consumer<JsonObject> listener) {
    listeners.put(client, listener);
  }

  /**
   * Has a client do something.
   *
   * @return the answer; fails with {@link Party.Refused} if the client says no
   */
  CompletableFuture<JsonObject> ask(String client, String op, JsonObject fields) {
    int tag = numbers.incrementAndGet();
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    asked.put(tag, answer);
    JsonObject command = fields.copy().put("tag", tag).put("op", op).put("client", client);
    try {
      synchronized (commands) {
        commands.write(command.encode());
        commands.write('\n');
        commands.flush();
      }
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
    if (!process.isAlive()) {
      failAll();
    }
    return answer;
  }

  /**
   * Returns all random values of 32 bytes or more that its clients have drawn: seeds, secrets and
   * keys; one character a byte.
   */
  List<String> drawn() {
    JsonObject drawn = JavaParty.await(ask("", "drawn", new JsonObject()));
    return drawn.getJsonArray("secrets").stream()
        .map(hex -> HexFormat.of().parseHex((String) hex))
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
        .toList();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().map(JsonObject::new).forEach(this::take);
    } catch (UncheckedIOException | IOException closed) {
      // It ends.
    } finally {
      failAll();
    }
  }

  private void take(JsonObject line) {
    if (!line.containsKey("tag")) {
      listeners.getOrDefault(line.getString("client"), nobody -> {}).accept(line);
      return;
    }
    CompletableFuture<JsonObject> answer = asked.remove(line.getInteger("tag"));
    if (line.containsKey("error")) {
      answer.completeExceptionally(
          new Party.Refused(line.getString("code", line.getString("error"))));
    } else {
      answer.complete(line);
    }
  }

  private void failAll() {
    asked.values().forEach(one -> one.completeExceptionally(new AssertionError("puppet ended")));
  }

  @Override
  public void close() {
    process.toHandle().destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new AssertionError("the puppet does not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
