import io.resolute.client.ClientRoom;
import io.resolute.client.ConnectOptions;
import io.resolute.client.Invite;
import io.resolute.client.Member;
import io.resolute.client.ResoluteClient;
import io.resolute.client.RoomListener;
import io.resolute.client.Trust;
import io.resolute.protocol.ClientPacket.KeyKind;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** A project that has the client library and its dependencies, and nothing else. */
public final class Hello {
  public static void main(String[] arguments) {
    URI server = URI.create(arguments[0]);
    ConnectOptions options = ConnectOptions.builder().trust(Trust.pin(arguments[1])).build();
    CompletableFuture<String> heard = new CompletableFuture<>();
    try (ResoluteClient alice = ResoluteClient.connect(server, options).join();
        ResoluteClient bob = ResoluteClient.connect(server, options).join()) {
      ClientRoom room = alice.createRoom("room", "alice", new RoomListener() {}).join();
      Invite invite = room.invite(KeyKind.ONE_TIME).join();
      RoomListener listener =
          new RoomListener() {
            @Override
            public void message(ClientRoom in, Member from, String text) {
              heard.complete(from.username() + ": " + text);
            }
          };
      bob.join(Invite.parse(invite.toLink()), "bob", listener).join();
      bob.createRoom("another", "bob", new RoomListener() {}).join();
      room.listMembers().join();
      room.sendToAll("hello").join();
      System.out.println(heard.join());
    }
  }
}
