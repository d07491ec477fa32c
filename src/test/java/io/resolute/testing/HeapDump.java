package io.resolute.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.resolute.client.e2ee.Secret;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that this process can still reach, on whatever way: a dump of its heap. */
public final class HeapDump {
  private static final int ENDS = 1 << 16;

  private HeapDump() {}

  /** Returns those of {@code secrets} that are in it. */
  public static List<Secret> holds(List<Secret> secrets) throws IOException {
    Path directory = Files.createTempDirectory("heap");
    Path file = directory.resolve("heap.hprof");
    try {
      // Only what is reachable: what is not will be overwritten, and cannot be asked for.
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpHeap(file.toString(), true);
      return find(file, secrets);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  private static List<Secret> find(Path file, List<Secret> secrets) throws IOException {
    boolean[] ends = new boolean[ENDS];
    secrets.forEach(secret -> ends[secret.end()] = true);
    List<Secret> found = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer heap = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      int end = 0;
      for (int at = 0; at < heap.limit(); at++) {
        end = (end << Byte.SIZE | (heap.get(at) & 0xFF)) & (ENDS - 1);
        if (ends[end]) {
          note(secrets, at, heap, found);
        }
      }
    }
    return found;
  }

  private static void note(List<Secret> secrets, int at, ByteBuffer heap, List<Secret> found) {
    for (Secret secret : secrets) {
      if (!found.contains(secret) && secret.endsAt(at, heap)) {
        found.add(secret);
      }
    }
  }
}
