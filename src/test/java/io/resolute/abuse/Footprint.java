package io.resolute.abuse;

import io.resolute.testing.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the process of a server holds.
 *
 * @param heap bytes of the objects that are reachable
 * @param direct bytes that Netty has from outside the heap; TLS is not among them
 * @param resident bytes of memory that the process has from the operating system
 */
record Footprint(long heap, long direct, long resident) {
  /** What a JVM needs to be started with, so that its direct memory is counted. */
  static final String COUNTING = "-XX:NativeMemoryTracking=summary";

  private static final Pattern LIVE = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
  private static final Pattern OTHER =
      Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB");
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
  private static final int KIB = 1024;

  /** Measures a server on Linux, after what is unreachable has been collected. */
  static Footprint of(ServerProcess server) {
    long direct = direct(server);
    // What the first collection hands to cleaners is free after the second.
    jcmd(server, "GC.run");
    long heap = first(LIVE, jcmd(server, "GC.class_histogram"));
    return new Footprint(heap, direct, resident(server));
  }

  /** Returns the bytes that Netty has from outside the heap. */
  static long direct(ServerProcess server) {
    Matcher other = OTHER.matcher(jcmd(server, "VM.native_memory", "summary"));
    return other.find() ? Long.parseLong(other.group(1)) * KIB : 0;
  }

  private static long resident(ServerProcess server) {
    try {
      Path status = Path.of("/proc", Long.toString(server.pid()), "status");
      return first(RESIDENT, Files.readString(status)) * KIB;
    } catch (IOException e) {
      throw new AssertionError("the server is gone", e);
    }
  }

  private static long first(Pattern number, String text) {
    Matcher matcher = number.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + number + " in: " + text);
    }
    return Long.parseLong(matcher.group(1));
  }

  private static String jcmd(ServerProcess server, String... command) {
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(server.pid()),
                  String.join(" ", command))
              .redirectErrorStream(true)
              .start();
      String printed = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (jcmd.waitFor() != 0) {
        throw new AssertionError(printed);
      }
      return printed;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
