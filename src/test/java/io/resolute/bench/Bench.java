package io.resolute.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** {@code scripts/bench}. */
@Command(
    name = "scripts/bench",
    description = {
      "Drives a server of this protocol over WSS, checks every message, and says",
      "what they have cost.",
      "Without --url it starts this project's server."
    },
    subcommands = {
      RelayCommand.class,
      FanInCommand.class,
      IdleCommand.class,
      StormCommand.class,
      ChurnCommand.class,
      CompareCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WORKLOAD",
    commandListHeading = "%nWorkloads; each of them takes --help as well:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  scripts/bench relay                100 rooms of two, a message each way",
      "  scripts/bench relay --rate 20000   a second, whatever the server does",
      "  scripts/bench relay --rooms 4 --members 50 --to all",
      "  scripts/bench relay --url wss://HOST:PORT/v1",
      "  scripts/bench --compare            beside other relays, for over half an hour",
      "",
      "The status is 0 if every message was right, 1 if one was not or the server",
      "could not be reached, 2 for a wrong option. What the columns mean is in",
      "docs/performance.md."
    })
public final class Bench {
  private static final int WRONG = 1;
  private static final int MISUSED = 2;

  private Bench() {}

  /** Runs a workload, and exits: 0 if every message was right, 1 if not, 2 for a wrong option. */
  public static void main(String[] args) {
    System.exit(
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            args));
  }

  /**
   * Runs a workload, and returns the status.
   *
   * @param out takes the outcome
   * @param err takes what is said until then, and what is wrong
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Bench())
        .registerConverter(Duration.class, Bench::seconds)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Bench::misused)
        .setExecutionExceptionHandler(
            (e, command, result) -> {
              if (!(e instanceof Fault)) {
                throw e;
              }
              Watch.clear(command.getErr());
              command.getErr().println("bench: " + e.getMessage());
              for (Throwable also : e.getSuppressed()) {
                command.getErr().println("bench: " + words(also));
              }
              return WRONG;
            })
        .execute(args);
  }

  private static String words(Throwable failure) {
    return failure instanceof Fault ? String.valueOf(failure.getMessage()) : Reason.of(failure);
  }

  private static int misused(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .printf(
            "bench: %s; see %s --help%n",
            e.getMessage().replaceAll("\\s+", " "), command.getCommandSpec().qualifiedName());
    return MISUSED;
  }

  /**
   * Checks what was asked for.
   *
   * @throws ParameterException with {@code otherwise} if that is not right
   */
  static void require(CommandSpec command, boolean right, String otherwise) {
    if (!right) {
      throw new ParameterException(command.commandLine(), otherwise);
    }
  }

  /**
   * Checks the number of members of a room.
   *
   * @throws ParameterException if there cannot be so many
   */
  static void requireMembers(CommandSpec command, int members) {
    require(
        command, members >= 2 && members < Content.ALL, "--members is 2 to " + (Content.ALL - 1));
  }

  /**
   * Checks the bytes of a message's content.
   *
   * @throws ParameterException if there cannot be one like that
   */
  static void requireSize(CommandSpec command, int size) {
    require(
        command,
        size >= Content.SHORTEST && size <= Content.LONGEST,
        "--size is " + Content.SHORTEST + " to " + Content.LONGEST);
  }

  private static Duration seconds(String text) {
    try {
      double seconds = Double.parseDouble(text);
      if (seconds >= 0 && seconds <= Integer.MAX_VALUE) {
        return Duration.ofMillis(Math.round(seconds * 1000));
      }
    } catch (NumberFormatException e) {
      // So it is said of both.
    }
    throw new TypeConversionException("'" + text + "' is not a number of seconds");
  }
}
