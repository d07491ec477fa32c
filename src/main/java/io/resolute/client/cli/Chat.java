package io.resolute.client.cli;

import io.resolute.client.ResoluteException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The main class of the chat on the terminal. */
@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    versionProvider = Chat.Version.class,
    synopsisSubcommandLabel = "(create | join)",
    description = {
      "Encrypted conversations on the terminal, through a Rësolute server.",
      "Where input or output is not a terminal, it reads and prints plain lines: NAME: TEXT is what"
          + " somebody said, NAME (to you alone): TEXT what nobody else was told, a"
          + " line with * in front is a notice, errors go to standard error."
    })
public final class Chat {
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Chat.class.getPackage().getImplementationVersion();
      return new String[] {"Rësolute chat " + (version == null ? "(not from a jar)" : version)};
    }
  }

  private Chat() {}

  /** Runs the chat, and ends the process with an {@link ExitCode}. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(new Surroundings.OfProcess(), out, err, arguments));
  }

  /** Runs the chat and returns its exit status. */
  static int run(Surroundings surroundings, PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine chat =
        new CommandLine(new Chat())
            .addSubcommand(new CreateCommand(surroundings))
            .addSubcommand(new JoinCommand(surroundings))
            .addSubcommand(new CommandLine.HelpCommand())
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler((failure, misused) -> misused(failure, arguments))
            .setExecutionExceptionHandler((failure, command, parsed) -> end(failure, command));
    documentExitCodes(chat);
    chat.getSubcommands().values().forEach(Chat::documentExitCodes);
    return chat.execute(arguments);
  }

  private static void documentExitCodes(CommandLine command) {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(Integer.toString(code.code()), code.meaning());
    }
    command.getCommandSpec().usageMessage().exitCodeListHeading("Exit codes:%n");
    command.getCommandSpec().usageMessage().exitCodeList(codes);
  }

  private static int misused(CommandLine.ParameterException failure, String... arguments) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String message =
        failure instanceof CommandLine.MissingParameterException
            ? unknownOption(command, arguments).orElse(failure.getMessage())
            : failure.getMessage();
    command.getErr().println("! " + message + "; " + name + " --help tells more");
    return ExitCode.USAGE.code();
  }

  /** A misspelt option says more than that the right one is missing. */
  private static Optional<String> unknownOption(CommandLine command, String... arguments) {
    return Stream.of(arguments)
        .takeWhile(argument -> !argument.equals("--"))
        .filter(argument -> argument.startsWith("--"))
        .map(argument -> argument.replaceFirst("=.*", ""))
        .filter(option -> !command.getCommandSpec().optionsMap().containsKey(option))
        .findFirst()
        .map(option -> "Unknown option: '" + option + "'");
  }

  private static int end(Exception failure, CommandLine command) {
    if (failure instanceof NotConnectedException explained) {
      command.getErr().println("! " + explained.getMessage());
      return ExitCode.of(explained.cause()).code();
    }
    if (failure instanceof ResoluteException explained) {
      command.getErr().println("! " + Explanation.of(explained));
      return ExitCode.of(explained).code();
    }
    if (failure instanceof UsageException || failure instanceof IllegalArgumentException) {
      command.getErr().println("! " + failure.getMessage());
      return ExitCode.USAGE.code();
    }
    failure.printStackTrace(command.getErr());
    return ExitCode.FAILED.code();
  }
}
