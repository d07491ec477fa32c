package io.resolute.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What to look for in a heap dump or a core file, in all the forms that it may have there. */
public final class MemoryImage {
  private static final int BEGINNINGS = 1 << 16;
  private static final long WINDOW = 1L << 28;
  private static final int LONGEST = 1 << 10;

  private final Map<String, byte[]> wanted = new LinkedHashMap<>();

  /** Looks for bytes as they are, and as a digest on this machine has them: words turned round. */
  public MemoryImage bytes(String name, byte[] bytes) {
    wanted.put(name + " as bytes", bytes.clone());
    byte[] turned = new byte[bytes.length];
    ByteBuffer words = ByteBuffer.wrap(turned).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer source = ByteBuffer.wrap(bytes);
    while (source.remaining() >= Integer.BYTES) {
      words.putInt(source.getInt());
    }
    wanted.put(name + " as words", turned);
    return this;
  }

  /** Looks for a text in ASCII and in UTF-16. */
  public MemoryImage text(String name, String text) {
    bytes(name, text.getBytes(StandardCharsets.US_ASCII));
    wanted.put(name + " as chars", text.getBytes(StandardCharsets.UTF_16LE));
    wanted.put(name + " as chars of networks", text.getBytes(StandardCharsets.UTF_16BE));
    return this;
  }

  /** Returns the names of those that are in {@code file}. */
  public SortedSet<String> foundIn(Path file) throws IOException {
    List<List<Map.Entry<String, byte[]>>> byBeginning =
        new ArrayList<>(Collections.nCopies(BEGINNINGS, List.of()));
    for (var entry : wanted.entrySet()) {
      int beginning = beginning(entry.getValue()[0], entry.getValue()[1]);
      List<Map.Entry<String, byte[]>> others = new ArrayList<>(byBeginning.get(beginning));
      others.add(entry);
      byBeginning.set(beginning, others);
    }
    SortedSet<String> found = new TreeSet<>();
    try (FileChannel channel = FileChannel.open(file)) {
      for (long from = 0; from < channel.size(); from += WINDOW) {
        long length = Math.min(WINDOW + LONGEST, channel.size() - from);
        search(channel.map(FileChannel.MapMode.READ_ONLY, from, length), byBeginning, found);
      }
    }
    return found;
  }

  private static int beginning(byte first, byte second) {
    return (first & 0xFF) << Byte.SIZE | (second & 0xFF);
  }

  private static void search(
      ByteBuffer image,
      List<List<Map.Entry<String, byte[]>>> byBeginning,
      SortedSet<String> found) {
    int beginning = image.get(0) & 0xFF;
    for (int at = 1; at < image.limit(); at++) {
      beginning = (beginning << Byte.SIZE | (image.get(at) & 0xFF)) & (BEGINNINGS - 1);
      for (var entry : byBeginning.get(beginning)) {
        if (isAt(image, at - 1, entry.getValue())) {
          found.add(entry.getKey());
        }
      }
    }
  }

  private static boolean isAt(ByteBuffer image, int at, byte[] bytes) {
    if (image.limit() - at < bytes.length) {
      return false;
    }
    byte[] there = new byte[bytes.length];
    image.get(at, there);
    return Arrays.equals(there, bytes);
  }
}
