package io.resolute.client.cli;

import java.util.Locale;

/** What a line means that somebody typed. */
sealed interface Input {
  /** Calls the method of {@code visitor} for this input and returns what it returns. */
  <R> R accept(Visitor<R> visitor);

  /** One method a kind of input, so that none can be forgotten. */
  interface Visitor<R> {
    R say(Say input);

    R order(Order input);

    R aside(Aside input);

    R excessive(Excessive input);

    R unknown(Unknown input);

    R nothing(Nothing input);
  }

  /** Something to say to all. */
  record Say(String text) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.say(this);
    }
  }

  /** A command. */
  record Order(Command command) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.order(this);
    }
  }

  /**
   * Something to say to one alone.
   *
   * @param name what the one is called here: one word
   * @param text maybe empty
   */
  record Aside(String name, String text) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.aside(this);
    }
  }

  /** A command with something behind it that takes nothing. */
  record Excessive(Command command) implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.excessive(this);
    }
  }

  /** What begins as a command does and is none. */
  record Unknown() implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.unknown(this);
    }
  }

  /** An empty line. */
  record Nothing() implements Input {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.nothing(this);
    }
  }

  /** The commands, in the order in which {@code /help} shows them. */
  enum Command {
    WHO("/who", "shows who is here"),
    TO("/to", "NAME TEXT says something to one alone, called as /who shows it"),
    INVITE("/invite", "makes an invite for one person (owner only)"),
    FOREVER("/forever", "shows the invite that lets anybody in, until /reset (owner only)"),
    RESET("/reset", "makes all invites worthless that are not used yet (owner only)"),
    QR("/qr", "draws the last invite for a telephone's camera (owner only)"),
    SAFETY("/safety", "shows the number to compare with the others, to be sure who is here"),
    LEAVE("/leave", "leaves, as /quit does; when the owner leaves, the room is closed"),
    HELP("/help", "shows this");

    private final String name;
    private final String effect;

    Command(String name, String effect) {
      this.name = name;
      this.effect = effect;
    }

    /** Returns the command as it is typed. */
    String typed() {
      return name;
    }

    /** Returns what it does, for people. */
    String effect() {
      return effect;
    }
  }

  /** Reads a line. What begins with two slashes is a text that begins with one. */
  static Input parse(String line) {
    if (line.isBlank()) {
      return new Nothing();
    }
    if (line.startsWith("//")) {
      return new Say(line.substring(1));
    }
    if (!line.startsWith("/")) {
      return new Say(line);
    }
    String[] words = line.strip().split("\\s+", 2);
    String first = words[0].toLowerCase(Locale.ROOT);
    String typed = first.equals("/quit") ? Command.LEAVE.typed() : first;
    for (Command command : Command.values()) {
      if (command.typed().equals(typed)) {
        return words.length == 1 ? new Order(command) : more(command, words[1]);
      }
    }
    return new Unknown();
  }

  private static Input more(Command command, String rest) {
    if (command != Command.TO) {
      return new Excessive(command);
    }
    // A name is shown as one word.
    String[] parts = rest.split("\\s+", 2);
    return new Aside(parts[0], parts.length == 1 ? "" : parts[1]);
  }
}
