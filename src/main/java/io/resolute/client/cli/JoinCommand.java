package io.resolute.client.cli;

import io.resolute.client.ClientRoom;
import io.resolute.client.Invite;
import io.resolute.client.ResoluteClient;
import io.resolute.client.RoomListener;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code chat join}. */
@Command(
    name = "join",
    mixinStandardHelpOptions = true,
    versionProvider = Chat.Version.class,
    description = "Enter the room that an invite is for.")
final class JoinCommand extends RoomCommand {
  @Parameters(
      paramLabel = "INVITE",
      description = {
        "The link that you were given, or the line that it was printed in.",
        "With - it is the first line of the input: other users of this machine can see arguments."
      })
  private String link = "";

  private @Nullable Invite invite;

  JoinCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  URI server(Console console) {
    String typed = link.equals("-") ? console.readLine("invite: ") : link;
    PastedInvite pasted = PastedInvite.read(typed == null ? "" : typed);
    invite = allowsRsa() ? pasted.invite() : pasted.invite().requireSecret();
    URI server = invite.server();
    pasted
        .seenBy()
        .ifPresent(
            host ->
                console.printError(
                    "! this invite to %s came inside a link of %s: whoever runs that has the invite now, too;"
                            .formatted(server.getAuthority(), host)
                        + " if that matters, ask for another one by another way"));
    return server;
  }

  @Override
  CompletableFuture<ClientRoom> enter(ResoluteClient client, String name, RoomListener listener) {
    if (invite == null) {
      throw new IllegalStateException("the server was not asked for first");
    }
    return client.join(invite, name, listener);
  }
}
