package io.resolute.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rooms whose members write to one, or one of whom writes to all. */
@Command(
    name = "relay",
    description = "Rooms whose members write to one other, or the first of whom writes to all.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class RelayCommand implements Runnable {
  /** To whom. */
  enum Recipients {
    ONE,
    ALL
  }

  @Mixin private Setup setup;
  @Mixin private Output output;
  @Mixin private Talk talk;

  @Option(names = "--members", description = "members of each room", defaultValue = "2")
  private int members;

  @Option(names = "--to", description = "${COMPLETION-CANDIDATES}", defaultValue = "ONE")
  private Recipients to;

  @Override
  public void run() {
    talk.run("relay", setup, output, members, to == Recipients.ALL ? Pattern.ALL : Pattern.ONE);
  }
}
