package io.resolute.client.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Map;

/** What the chat needs of the process that it runs in. */
interface Surroundings {
  /** Returns the environment variables. */
  Map<String, String> environment();

  /** Opens where one types and reads. */
  Console openConsole();

  /** Runs {@code hook} when the process is told to end. */
  void atShutdown(Thread hook);

  /** Takes that back. */
  void notAtShutdown(Thread hook);

  /** Those of this very process. */
  final class OfProcess implements Surroundings {
    @Override
    public Map<String, String> environment() {
      return System.getenv();
    }

    @Override
    public Console openConsole() {
      if (!"dumb".equals(System.getenv("TERM"))) {
        try {
          return TerminalConsole.open();
        } catch (IOException | IllegalStateException notTerminals) {
          // Input or output is a file or a pipe.
        }
      }
      return new PlainConsole(
          new FileInputStream(FileDescriptor.in),
          new FileOutputStream(FileDescriptor.out),
          new FileOutputStream(FileDescriptor.err));
    }

    @Override
    public void atShutdown(Thread hook) {
      Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void notAtShutdown(Thread hook) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException endingAlready) {
        // The hook is what got here.
      }
    }
  }
}
