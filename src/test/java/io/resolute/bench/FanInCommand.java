package io.resolute.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rooms whose members all write to the first. */
@Command(
    name = "fanin",
    description = "Rooms whose members all write to the first.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class FanInCommand implements Runnable {
  @Mixin private Setup setup;
  @Mixin private Output output;
  @Mixin private Talk talk;

  @Option(names = "--members", description = "members of each room", defaultValue = "20")
  private int members;

  @Override
  public void run() {
    talk.run("fanin", setup, output, members, Pattern.FIRST);
  }
}
