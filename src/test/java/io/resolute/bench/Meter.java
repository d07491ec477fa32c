package io.resolute.bench;

import io.resolute.testing.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process of this machine has used, as Linux counts it. */
final class Meter {
  private static final String PROC = "/proc";
  private static final Pattern DESCRIPTORS = Pattern.compile("(?m)^Max open files +(\\w+)");

  // Of the fields after the name in parentheses, proc(5): in ticks of which a second has 100.
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final double TICKS = 100;

  private final JavaProcess process;
  private boolean refuses;

  Meter(long pid) {
    this.process = new JavaProcess(pid);
  }

  /** Returns whether this machine has what it reads. */
  static boolean works() {
    return Files.isReadable(Path.of("/proc/self/stat"));
  }

  /** Returns the CPU time of all threads, those that have ended included. */
  double cpuSeconds() {
    String stat = read("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) / TICKS;
  }

  /** Returns the bytes of memory that it has from the operating system. */
  long resident() {
    try {
      return process.resident();
    } catch (IOException e) {
      throw ended(e);
    }
  }

  /** Returns how many file descriptors it has; 0 of somebody else's process. */
  long descriptors() {
    try (Stream<Path> open = Files.list(Path.of(PROC, Long.toString(process.pid()), "fd"))) {
      return open.count();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  /** Returns how many file descriptors it may have. */
  long mostDescriptors() {
    Matcher matcher = DESCRIPTORS.matcher(read("limits"));
    return !matcher.find() || matcher.group(1).equals("unlimited")
        ? Long.MAX_VALUE
        : Long.parseLong(matcher.group(1));
  }

  /**
   * Returns the bytes of the objects that can be reached, if it is a JVM that lets itself be asked.
   */
  OptionalLong liveHeap() {
    if (refuses || !read("comm").strip().equals("java")) {
      return OptionalLong.empty(); // jcmd would wait for half a minute.
    }
    try {
      return OptionalLong.of(process.liveHeap());
    } catch (IOException e) {
      refuses = true; // Each time it is asked it would print its threads.
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      throw new Fault("interrupted", e);
    }
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of(PROC, Long.toString(process.pid()), file));
    } catch (IOException e) {
      throw ended(e);
    }
  }

  private Fault ended(IOException e) {
    return new Fault("process " + process.pid() + " has ended", e);
  }
}
