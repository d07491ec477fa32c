package io.resolute.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.resolute.testing.MemoryImage;
import io.resolute.testing.MemoryMap;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.ServerProcess;
import io.resolute.testing.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The memory of the fat jar in a process of its own, looked at from outside: its mappings, all
 * objects of its heap whether or not anybody can still reach them, and all that a core file holds.
 */
@EnabledOnOs(OS.LINUX)
class SecretsInMemoryIT {
  private static final String DEBUGGABLE = "'secrets':{'debuggable':true}";
  private static final String HARDENED = "@" + Path.of("conf/jvm.options").toAbsolutePath();
  private static final String ATTACHABLE = "-XX:-DisableAttachMechanism";
  private static final String SMALL = "-Xmx256m";
  private static final int ROUNDS = 3;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path directory;

  /** Returns whether the kernel writes core files to where the server runs. */
  private static boolean coreFilesAreFiles() throws IOException {
    String pattern = Files.readString(Path.of("/proc/sys/kernel/core_pattern"));
    return !pattern.startsWith("|") && !pattern.contains("/");
  }

  private ServerProcess start(String config, String... jvmOptions) {
    return ServerProcess.startBelow(withCores(), directory, config, jvmOptions);
  }

  /** A shell that lets the server write core files, if its limit can be raised at all. */
  private static List<String> withCores() {
    return List.of("sh", "-c", "ulimit -c unlimited; exec \"$@\"", "sh");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void theSecretIsLockedAndUndumpedBetweenPagesThatNobodyMayTouch() throws IOException {
    try (ServerProcess server = start(DEBUGGABLE, HARDENED)) {
      server.printed("forever keys is locked into memory and left out of core files");
      assertThat(locked(server)).isEqualTo("4 kB");
      MemoryMap map = MemoryMap.of(server.id());
      MemoryMap.Mapping pages = secretPages(map);
      assertThat(pages.rights()).isEqualTo("---p");
      assertThat(pages.flags()).contains("lo", "dd", "dc");
      assertThat(map.endingAt(pages.start()).rights()).isEqualTo("---p");
      assertThat(map.beginningAt(pages.end()).rights()).isEqualTo("---p");
    }
  }

  private static MemoryMap.Mapping secretPages(MemoryMap map) {
    List<MemoryMap.Mapping> mappings = map.lockedAndUndumped();
    assertThat(mappings).hasSize(1);
    return mappings.get(0);
  }

  private static String locked(ServerProcess server) throws IOException {
    return Files.readAllLines(Path.of("/proc", server.id(), "status")).stream()
        .filter(line -> line.startsWith("VmLck:"))
        .map(line -> line.substring("VmLck:".length()).strip())
        .findAny()
        .orElseThrow();
  }

  @Test
  void withoutTheRightToLockTheServerSaysSoAndRunsUnlessItMustNot() throws IOException {
    List<String> command = withoutMemoryLock();
    try (ServerProcess server = ServerProcess.startBelow(command, directory, "")) {
      server.printed(
          "forever keys is left out of core files, but not locked, so that it may be swapped:"
              + " .*raise it with ulimit -l or LimitMEMLOCK= by 4 KiB");
      assertThat(locked(server)).isEqualTo("0 kB");
    }
    String locked = "'secrets':{'requireLocked':true}";
    assertRefusesToRunUnlocked(ServerProcess.runBelow(command, directory, locked));
    assertRefusesToRunUnlocked(ServerProcess.checkBelow(command, directory, locked));
  }

  private static void assertRefusesToRunUnlocked(ServerProcess server) {
    assertThat(server.exitStatus()).isEqualTo(1);
    assertThat(server.output())
        .filteredOn(line -> line.startsWith("resolute: "))
        .singleElement()
        .asString()
        .startsWith("resolute: secrets.requireLocked: the secret cannot be locked; the limit of");
  }

  /** For root, the limit does not hold unless the right to pass it is taken away. */
  private static List<String> withoutMemoryLock() {
    List<String> shell = List.of("sh", "-c", "ulimit -l 0; exec \"$@\"", "sh");
    if (!System.getProperty("user.name").equals("root")) {
      return shell;
    }
    assumeTrue(Tool.isThere("setpriv"), "setpriv (util-linux) is not there");
    String right = "-ipc_lock";
    return Stream.concat(
            shell.stream(), Stream.of("setpriv", "--bounding-set", right, "--inh-caps", right))
        .toList();
  }

  @Test
  void neitherTheHeapNorACoreFileHoldsTheSecretOrAJoinKeyAfterItsUse() throws Exception {
    try (ServerProcess server = start(DEBUGGABLE, HARDENED, ATTACHABLE, SMALL);
        RawClient owner = server.connect();
        RawClient guest = server.connect()) {
      MemoryImage image = new MemoryImage();
      Room room = Room.create(owner);
      for (int i = 0; i < ROUNDS; i++) {
        useKeys(room, guest, image);
      }
      addSecret(server, image);
      // What anybody may know, and is somewhere: otherwise this would find nothing for other
      // reasons.
      image.text("control", room.id());
      Path heap = heapDump(server);
      assertThat(image.foundIn(heap)).contains("control as bytes").allMatch(this::isControl);
      Path core = coreFile(server);
      assertThat(image.foundIn(core)).contains("control as bytes").allMatch(this::isControl);
    }
  }

  private boolean isControl(String name) {
    return name.startsWith("control ");
  }

  /** Issues keys and has them used in every way, the right ones and wrong ones. */
  private static void useKeys(Room room, RawClient guest, MemoryImage image) {
    String oneTime = room.oneTimeKey();
    image.text("one-time key", oneTime).text("unused one-time key", room.oneTimeKey());
    guest.send("join-room-onetime", room.joinOneTime(oneTime)).next("joined");
    room.owner().next("user-joined-onetime");
    leave(room, guest);
    guest.send("join-room-onetime", room.joinOneTime(oneTime)).next("join-room-onetime-error");
    String forever = room.foreverKey();
    image.text("forever key", forever);
    guest.send("join-room-forever", room.joinForever(forever)).next("joined");
    room.owner().next("user-joined-forever");
    guest.send("join-room-forever", room.joinForever(forever)).next("join-room-forever-error");
    leave(room, guest);
    room.owner().send("reset-room-keys", room.inRoom()).next("reset-room-keys");
    guest.send("join-room-forever", room.joinForever(forever)).next("join-room-forever-error");
  }

  private static void leave(Room room, RawClient guest) {
    guest.send("leave-room", room.inRoom()).next("leave-room");
    room.owner().next("user-left");
  }

  /** Looks for the secret, which is read where it is, and all that could stand for it. */
  private static void addSecret(ServerProcess server, MemoryImage image) throws IOException {
    MemoryMap map = MemoryMap.of(server.id());
    byte[] secret = map.read(secretPages(map), SecretMac.BYTES);
    assertThat(secret).isNotEqualTo(new byte[SecretMac.BYTES]);
    image.bytes("secret", secret);
    for (byte pad : new byte[] {0x36, 0x5c}) {
      ByteBuffer memory = ByteBuffer.allocate(SecretMac.SIZE);
      for (int i = 0; i < Sha256.BLOCK; i++) {
        memory.put(Sha256.DIGEST + i, (byte) (pad ^ (i < secret.length ? secret[i] : 0)));
      }
      byte[] padded = new byte[SecretMac.BYTES];
      memory.get(Sha256.DIGEST, padded);
      image.bytes("padded secret", padded);
      Sha256 digest = new Sha256(memory, 0, Sha256.DIGEST, Sha256.DIGEST + Sha256.BLOCK);
      digest.start();
      digest.compress();
      byte[] state = new byte[Sha256.DIGEST];
      memory.get(0, state);
      image.bytes("state after the secret", state);
    }
  }

  private Path heapDump(ServerProcess server) throws IOException, InterruptedException {
    Path file = directory.resolve("heap.hprof");
    Tool.Result result =
        Tool.run(Tool.ofJdk("jcmd"), server.id(), "GC.heap_dump", "-all", file.toString());
    assertThat(file).as(result.output()).isNotEmptyFile();
    return file;
  }

  /** By the debugger where there is one, and otherwise by the kernel, at the end of the process. */
  private Path coreFile(ServerProcess server) throws IOException, InterruptedException {
    if (Tool.isThere("gcore")) {
      Path prefix = directory.resolve("core");
      Tool.Result result = Tool.run("gcore", "-o", prefix.toString(), server.id());
      Path file = directory.resolve("core." + server.id());
      assertThat(file).as(result.output()).isNotEmptyFile();
      return file;
    }
    assumeTrue(coreFilesAreFiles(), "no gdb, and the kernel gives core files to a program");
    Tool.run("kill", "-ABRT", server.id());
    server.exitStatus();
    return files().stream()
        .filter(file -> file.getFileName().toString().startsWith("core"))
        .findAny()
        .orElseThrow();
  }

  @Test
  void theKernelWritesNoCoreFileUnlessTheServerIsToBeDebugged() throws Exception {
    assumeTrue(coreFilesAreFiles(), "the kernel gives core files to a program");
    try (ServerProcess server = start("", SMALL)) {
      Tool.run("kill", "-QUIT", server.id()); // A stack trace: the handler is there.
      Tool.run("kill", "-ABRT", server.id());
      server.exitStatus();
      assertThat(files()).isEmpty();
    }
    try (ServerProcess server = start(DEBUGGABLE, SMALL)) {
      Tool.run("kill", "-ABRT", server.id());
      server.exitStatus();
      assertThat(files()).isNotEmpty();
    }
  }

  @Test
  void aCrashLeavesNoFileBehind() throws Exception {
    try (ServerProcess server = start(DEBUGGABLE, HARDENED, SMALL)) {
      Tool.run("kill", "-SEGV", server.id());
      assertThat(server.output()).anyMatch(line -> line.contains("SIGSEGV"));
      assertThat(files()).isEmpty();
    }
    try (ServerProcess server = start(DEBUGGABLE, SMALL, "-XX:-CreateCoredumpOnCrash")) {
      Tool.run("kill", "-SEGV", server.id());
      server.exitStatus();
      assertThat(files()).anyMatch(file -> file.toString().contains("hs_err"));
    }
  }

  @Test
  void nobodyAttachesToTheJvm() throws Exception {
    try (ServerProcess server = start("", HARDENED, SMALL)) {
      assertThat(Tool.run(Tool.ofJdk("jcmd"), server.id(), "VM.version").status()).isNotZero();
    }
    try (ServerProcess server = start("", HARDENED, ATTACHABLE, SMALL)) {
      assertThat(Tool.run(Tool.ofJdk("jcmd"), server.id(), "VM.version").status()).isZero();
    }
  }

  /**
   * Of another's process, the kernel asks for the same rights to read its environment as to read
   * its memory or to attach to it; the latter is refused by some kernels to all others anyway.
   */
  @Test
  void nobodyOfTheSameUserReadsTheProcess() throws Exception {
    List<String> user = ordinaryUser();
    try (ServerProcess server = ServerProcess.startBelow(user, directory, "", SMALL)) {
      assertThat(reads(user, server, "environ")).isFalse();
      assertThat(reads(user, server, "mem")).isFalse();
    }
    try (ServerProcess server = ServerProcess.startBelow(user, directory, DEBUGGABLE, SMALL)) {
      assertThat(reads(user, server, "environ")).isTrue();
    }
  }

  @Test
  void whereTheNativeLibraryCannotBeUnpackedTheServerSaysSoWithoutAStackTrace() throws Exception {
    String[] nowhere = {"-Djava.io.tmpdir=/proc", "-Djna.tmpdir=/proc"};
    try (ServerProcess server = ServerProcess.startBelow(ordinaryUser(), directory, "", nowhere)) {
      server.printed("forever keys is neither locked, .* the C library cannot be called");
      server.terminate();
      assertThat(server.output())
          .noneMatch(line -> line.contains("JNA Warning") || line.startsWith("\tat "));
    }
  }

  private static boolean reads(List<String> user, ServerProcess server, String file)
      throws IOException, InterruptedException {
    String open = "exec 3< /proc/" + server.id() + "/" + file;
    Tool.Result result =
        Tool.run(Stream.concat(user.stream(), Stream.of("sh", "-c", open)).toList());
    if (result.status() != 0) {
      assertThat(result.output()).contains("ermission denied");
    }
    return result.status() == 0;
  }

  /** What runs a command as somebody without rights over others' processes. */
  private static List<String> ordinaryUser() throws IOException, InterruptedException {
    if (!System.getProperty("user.name").equals("root")) {
      return List.of();
    }
    assumeTrue(Tool.isThere("setpriv"), "setpriv (util-linux) is not there");
    List<String> nobody =
        List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs");
    Path jar = Path.of("target", "resolute-fat.jar").toAbsolutePath();
    for (String file : List.of(jar.toString(), Tool.ofJdk("java"))) {
      Tool.Result result =
          Tool.run(Stream.concat(nobody.stream(), Stream.of("test", "-r", file)).toList());
      assumeTrue(result.status() == 0, "another user than root may not read " + file);
    }
    return nobody;
  }

  @Test
  void scriptsRunTheServerWithTheOptionsOfProduction() throws IOException {
    try (ServerProcess server = ServerProcess.startWithScript()) {
      String command = Files.readString(Path.of("/proc", server.id(), "cmdline"));
      assertThat(Set.of(command.split("\0"))).anyMatch(it -> it.endsWith("conf/jvm.options"));
    }
  }
}
