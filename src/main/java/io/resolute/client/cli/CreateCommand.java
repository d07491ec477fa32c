package io.resolute.client.cli;

import io.resolute.client.ClientRoom;
import io.resolute.client.ResoluteClient;
import io.resolute.client.RoomListener;
import io.resolute.protocol.ClientPacket.KeyKind;
import java.net.URI;
import java.util.List;
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
      defaultValue = "localhost",
      description = {
        "Where to make it: HOST, HOST:PORT, or a link that begins with wss:// or https://.",
        "Default: ${DEFAULT-VALUE}, at the port " + ServerAddress.DEFAULT_PORT + "."
      })
  private String address = "";

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
    return ServerAddress.parse(address);
  }

  @Override
  CompletableFuture<ClientRoom> enter(ResoluteClient client, String name, RoomListener listener) {
    return client.createRoom(roomName, name, listener);
  }

  @Override
  void greet(Console console, ClientRoom room) {
    String link = Await.result(room.invite(KeyKind.ONE_TIME)).toLink();
    console.printInvite(
        link,
        List.of(
            "* this lets one person in: scripts/chat join '%s'%s --as NAME"
                .formatted(link, trustArguments()),
            "* /invite makes another, /help shows the other commands"));
  }

  @Override
  void checkMore() {
    requireName("--name", roomName);
    ServerAddress.parse(address);
  }

  @Override
  boolean waitsForSomebody() {
    return waits;
  }
}
