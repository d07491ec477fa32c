package io.resolute.abuse;

import io.resolute.testing.JavaProcess;
import io.resolute.testing.ServerProcess;
import java.io.IOException;
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

  private static final Pattern OTHER =
      Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB");
  private static final int KIB = 1024;

  /** Measures a server on Linux, after what is unreachable has been collected. */
  static Footprint of(ServerProcess server) {
    JavaProcess process = new JavaProcess(server.pid());
    try {
      long direct = direct(process);
      long heap = process.liveHeap();
      return new Footprint(heap, direct, process.resident());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the bytes that Netty has from outside the heap. */
  static long direct(ServerProcess server) {
    try {
      return direct(new JavaProcess(server.pid()));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static long direct(JavaProcess process) throws IOException, InterruptedException {
    Matcher other = OTHER.matcher(process.jcmd("VM.native_memory summary"));
    if (!other.find()) {
      throw new AssertionError("the JVM does not tell its direct memory as it used to");
    }
    return Long.parseLong(other.group(1)) * KIB;
  }
}
