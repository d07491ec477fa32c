package io.resolute.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process has mapped, as Linux tells (proc(5), smaps). */
public final class MemoryMap {
  private static final int HEX = 16;
  private static final Pattern HEAD = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (\\S{4}) .*");
  private static final String FLAGS = "VmFlags:";

  /** Pages of the same kind, from {@code start} to before {@code end}. */
  public record Mapping(long start, long end, String rights, Set<String> flags) {}

  private final String process;
  private final List<Mapping> mappings;

  private MemoryMap(String process, List<Mapping> mappings) {
    this.process = process;
    this.mappings = mappings;
  }

  /** Reads the map of a process. */
  public static MemoryMap of(String process) {
    List<Mapping> mappings = new ArrayList<>();
    try {
      Matcher head = null;
      for (String line : Files.readAllLines(Path.of("/proc", process, "smaps"))) {
        Matcher matcher = HEAD.matcher(line);
        if (matcher.matches()) {
          head = matcher;
        } else if (line.startsWith(FLAGS) && head != null) {
          Set<String> flags = Set.of(line.substring(FLAGS.length()).strip().split(" +"));
          long start = Long.parseUnsignedLong(head.group(1), HEX);
          long end = Long.parseUnsignedLong(head.group(2), HEX);
          mappings.add(new Mapping(start, end, head.group(3), flags));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MemoryMap(process, mappings);
  }

  /** Returns those that are locked into memory and left out of core files. */
  public List<Mapping> lockedAndUndumped() {
    return new ArrayList<>(
        mappings.stream().filter(it -> it.flags().containsAll(Set.of("lo", "dd"))).toList());
  }

  /** Returns the one that ends where another begins. */
  public Mapping endingAt(long address) {
    return mappings.stream().filter(it -> it.end() == address).findAny().orElseThrow();
  }

  /** Returns the one that begins where another ends. */
  public Mapping beginningAt(long address) {
    return mappings.stream().filter(it -> it.start() == address).findAny().orElseThrow();
  }

  /** Reads the first bytes of a mapping, which takes the right to debug the process. */
  public byte[] read(Mapping mapping, int count) throws IOException {
    byte[] bytes = new byte[count];
    try (RandomAccessFile memory = new RandomAccessFile("/proc/" + process + "/mem", "r")) {
      memory.seek(mapping.start());
      memory.readFully(bytes);
    }
    return bytes;
  }
}
