package io.resolute.client.cli;

import io.resolute.client.ClientRoom;
import io.resolute.client.ResoluteClient;
import io.resolute.client.RoomListener;
import io.resolute.protocol.ClientPacket.KeyKind;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chat create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    versionProvider = Chat.Version.class,
    description = {
      "Make a room, and print an invite for one person on a line of its own.",
      "The room lives until you leave."
    })
final class CreateCommand extends RoomCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "SERVER",
      defaultValue = "wss://localhost:5656/v1",
      description = "Where to make it. Default: ${DEFAULT-VALUE}")
  private URI server = URI.create("");

  @Option(
      names = "--name",
      defaultValue = "chat",
      paramLabel = "NAME",
      description =
          "What the room is called. The server does not see it. Default: ${DEFAULT-VALUE}")
  private String roomName = "";

  @Option(names = "--wait", description = "Read no input before somebody has come in.")
  private boolean waits;

  CreateCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  URI server(Console console) {
    return server;
  }

  @Override
  CompletableFuture<ClientRoom> enter(ResoluteClient client, String name, RoomListener listener) {
    return client.createRoom(roomName, name, listener);
  }

  @Override
  void greet(Console console, ClientRoom room) {
    String link = Await.result(room.invite(KeyKind.ONE_TIME)).toLink();
    console.printInvite(link);
    console.print(
        "* this lets one person in: scripts/chat join '%s'%s --as NAME"
            .formatted(link, trustArguments()));
    console.print("* /invite makes another, /help shows the other commands");
  }

  @Override
  boolean waitsForSomebody() {
    return waits;
  }
}
