package io.resolute.docs;

import io.resolute.client.ClientRoom;
import io.resolute.client.ConnectOptions;
import io.resolute.client.Invite;
import io.resolute.client.Member;
import io.resolute.client.ResoluteClient;
import io.resolute.client.RoomListener;
import io.resolute.client.Trust;
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;

/** What {@code README.md} shows of the client library, so that it is compiled and run. */
final class ClientExample {
  private ClientExample() {}

  static void answer(String link, String fingerprint) {
    Invite invite = Invite.parse(link);
    ConnectOptions options = ConnectOptions.builder().trust(Trust.pin(fingerprint)).build();
    ResoluteClient client = ResoluteClient.connect(invite.server(), options).join();
    RoomListener listener =
        new RoomListener() {
          @Override
          public void message(ClientRoom room, Member from, String text) {
            room.sendTo(from, "You said: " + text).join();
          }

          @Override
          public void roomClosed(ClientRoom room, ClosedReason reason) {
            client.close();
          }
        };
    client.join(invite, "echo", listener).join();
    client.terminated().join();
  }
}
