package io.resolute.bench;

import io.resolute.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process of this machine has used, as Linux counts it. */
final class Meter {
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
  private static final Pattern LIVE = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
  private static final Pattern DESCRIPTORS = Pattern.compile("(?m)^Max open files +(\\w+)");
  private static final int KIB = 1024;

  // Of the fields after the name in parentheses, proc(5): in ticks of which a second has 100.
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final double TICKS = 100;

  private final long pid;

  Meter(long pid) {
    this.pid = pid;
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
    Matcher matcher = RESIDENT.matcher(read("status"));
    if (!matcher.find()) {
      throw new Fault("process " + pid + " has ended");
    }
    return Long.parseLong(matcher.group(1)) * KIB;
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
    if (!read("comm").strip().equals("java")) {
      return OptionalLong.empty(); // jcmd would wait for half a minute.
    }
    try {
      // What the first collection hands to cleaners is free after the second.
      Tool.run(Tool.ofJdk("jcmd"), Long.toString(pid), "GC.run");
      Matcher total =
          LIVE.matcher(
              Tool.run(Tool.ofJdk("jcmd"), Long.toString(pid), "GC.class_histogram").output());
      return total.find() ? OptionalLong.of(Long.parseLong(total.group(1))) : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      throw new Fault("interrupted", e);
    }
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new Fault("process " + pid + " has ended", e);
    }
  }
}
