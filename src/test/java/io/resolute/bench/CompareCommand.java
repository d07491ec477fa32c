package io.resolute.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The server beside others. */
@Command(
    name = "--compare",
    aliases = "compare",
    description = {
      "The server beside bare Netty, Node's ws and mosquitto.",
      "The same certificate and load, in turn, and the medians of all turns."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class CompareCommand implements Runnable {
  /** What is compared. */
  enum Scenario {
    RELAY,
    ALL,
    GROWTH,
    IDLE,
    STORM
  }

  private static final int ROOMS = 100;
  private static final int SIZE = 400;
  private static final int WIDE = 16;
  private static final int CROWDS = 4;
  private static final int CROWD = 50;
  private static final int STORMING = 8;
  private static final int IDLE = 5000;

  @Spec private CommandSpec command;

  @Option(names = "--rounds", description = "how often each takes its turn", defaultValue = "5")
  private int rounds;

  @Option(names = "--seconds", description = "how long each turn is measured", defaultValue = "5")
  private Duration measured;

  @Option(
      names = "--warm-up",
      description = "seconds that each server is warmed up once",
      defaultValue = "15")
  private Duration warmUp;

  @Option(names = "--only", description = "some of: ${COMPLETION-CANDIDATES}", split = ",")
  private Set<Scenario> only = EnumSet.allOf(Scenario.class);

  @Option(
      names = "--pairs",
      description = "how many GROWTH compares, one after the other; each takes 2 descriptors",
      split = ",")
  private List<Integer> pairs = List.of(10, 100, 1000, 5000, 9800);

  @Mixin private Output output;

  @Override
  public void run() {
    Bench.require(command, rounds > 0 && !measured.isZero(), "--rounds and --seconds are above 0");
    Bench.require(command, pairs.stream().allMatch(each -> each > 0), "--pairs are 1 or more each");
    // Of what is open at once: half an hour later it would be known too late.
    Descriptors.suffice(only.stream().mapToLong(this::connections).max().orElse(0));
    Path directory = Setup.directory();
    Servers p256 = new Servers(directory, Certificate.make(directory, Certificate.Kind.P256));
    Servers rsa = new Servers(directory, Certificate.make(directory, Certificate.Kind.RSA2048));
    Watch watch = output.watch();
    Comparison comparison = new Comparison(new Comparison.Turns(rounds, warmUp, measured), watch);
    output.concludeInAnyCase(comparison.report(), watch, () -> compare(comparison, p256, rsa));
  }

  /** Returns how many connections of the bench are open at once. */
  private long connections(Scenario scenario) {
    return switch (scenario) {
      case RELAY -> 4 * 2 * ROOMS;
      case ALL -> 2 * CROWDS * CROWD;
      case GROWTH -> 2L * Collections.max(pairs);
      case IDLE -> IDLE;
      case STORM -> 2 * STORMING;
    };
  }

  private void compare(Comparison comparison, Servers p256, Servers rsa) {
    if (only.contains(Scenario.RELAY) || only.contains(Scenario.ALL)) {
      relay(comparison, p256);
    }
    if (only.contains(Scenario.GROWTH)) {
      pairs.forEach(rooms -> growth(comparison, p256, rooms));
    }
    if (only.contains(Scenario.IDLE)) {
      comparison.idle(IDLE, List.of(p256::resolute, p256::bare, p256::node));
    }
    if (only.contains(Scenario.STORM)) {
      try (Servers.Started ours = p256.resolute();
          Servers.Started node = p256.node();
          Servers.Started heavy = rsa.resolute()) {
        comparison.storm(
            List.of(ours.target(), node.target(), heavy.target().named("Rësolute, RSA-2048")),
            STORMING,
            SIZE);
      }
    }
  }

  /** Each size on servers of its own, which hold nothing of another. */
  private static void growth(Comparison comparison, Servers servers, int rooms) {
    try (Servers.Started ours = servers.resolute();
        Servers.Started bare = servers.bare()) {
      comparison.relayAlone(
          String.format(Locale.ROOT, "%,d pairs, window 1", rooms),
          List.of(ours.target(), bare.target()),
          new Fleet.Shape(rooms, 2, Pattern.ONE, SIZE),
          1);
    }
  }

  private void relay(Comparison comparison, Servers servers) {
    try (Servers.Started ours = servers.resolute();
        Servers.Started bare = servers.bare();
        Servers.Started node = servers.node();
        Servers.Started broker = Servers.hasMosquitto() ? servers.mosquitto() : null) {
      if (only.contains(Scenario.RELAY)) {
        List<Target> all = new ArrayList<>(List.of(ours.target(), bare.target(), node.target()));
        if (broker == null) {
          comparison.say("mosquitto is not to be had: left out");
          comparison.report().option("left out", "mosquitto");
        } else {
          all.add(broker.target());
        }
        Fleet.Shape pairs = new Fleet.Shape(ROOMS, 2, Pattern.ONE, SIZE);
        // At a rate the senders take turns, as those do who wait for each message to arrive.
        double most = comparison.relay("pairs, window 1", all, pairs, 1);
        comparison.relay("pairs, window " + WIDE, all, pairs, WIDE);
        comparison.atRate(
            "pairs, half of our most", List.of(ours.target(), bare.target()), pairs, most / 2);
      }
      if (only.contains(Scenario.ALL)) {
        comparison.relay(
            "all in rooms of " + CROWD + ", window " + WIDE,
            List.of(ours.target(), node.target()),
            new Fleet.Shape(CROWDS, CROWD, Pattern.ALL, SIZE),
            WIDE);
      }
    }
  }
}
