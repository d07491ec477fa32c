package io.resolute.client.cli;

import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands, and nothing else: what is said is nobody's business but the writer's. */
final class CommandCompleter implements Completer {
  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (line.line().startsWith("/") && line.wordIndex() == 0) {
      for (Input.Command command : Input.Command.values()) {
        candidates.add(new Candidate(command.typed()));
      }
    }
  }
}
