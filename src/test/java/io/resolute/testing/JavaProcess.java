package io.resolute.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM of this machine, as Linux and {@code jcmd} show it from outside.
 *
 * @param pid of the process; only {@link #resident} is also there of one that is no JVM
 */
public record JavaProcess(long pid) {
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
  private static final Pattern LIVE = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
  private static final int KIB = 1024;

  /**
   * Returns the bytes of memory that it has from the operating system.
   *
   * @throws IOException if it has ended
   */
  public long resident() throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    return first(RESIDENT, Files.readString(status)) * KIB;
  }

  /**
   * Returns the bytes of the objects that can be reached.
   *
   * @throws IOException as of {@link #jcmd}
   */
  public long liveHeap() throws IOException, InterruptedException {
    // What the first collection hands to cleaners is free after the second.
    jcmd("GC.run");
    return first(LIVE, jcmd("GC.class_histogram"));
  }

  /**
   * Returns what it answers to a command of {@code jcmd}.
   *
   * @throws IOException with what was printed, if it does not let itself be asked
   */
  public String jcmd(String command) throws IOException, InterruptedException {
    Tool.Result result = Tool.run(Tool.ofJdk("jcmd"), Long.toString(pid), command);
    if (result.status() != 0) {
      throw new IOException(result.output());
    }
    return result.output();
  }

  private static long first(Pattern number, String text) throws IOException {
    Matcher matcher = number.matcher(text);
    if (!matcher.find()) {
      throw new IOException("no " + number + " in: " + text);
    }
    return Long.parseLong(matcher.group(1));
  }
}
