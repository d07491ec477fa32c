package io.resolute.client;

import io.resolute.client.e2ee.Rejection;
import io.resolute.client.e2ee.RoomCipher;
import io.resolute.client.e2ee.RsaScheme;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.UserId;
import java.security.SecureRandom;

/** Another member of a room, as far as it is needed: it reads and writes contents. */
final class Peer {
  private final RsaScheme scheme = RsaScheme.generate(new SecureRandom());
  private final RoomCipher cipher = scheme.openRoom();
  private final ServerPacket.User user;

  Peer(String name, char id) {
    user =
        new ServerPacket.User(new UserId(String.valueOf(id).repeat(32)), name, scheme.publicKey());
  }

  /** Returns the member as a server describes it. */
  ServerPacket.User user() {
    return user;
  }

  /** Returns the member's id. */
  UserId id() {
    return user.id();
  }

  /** Returns the event that this member's message to somebody is. */
  ServerPacket.Message says(RoomId room, String text, UserId to, String publicKey) {
    cipher.admit(to, publicKey);
    String content = cipher.sealFor(to, text).get(0).content();
    return new ServerPacket.Message(room, user.id(), user.username(), content);
  }

  /** Returns what a content says. */
  String reads(String content) {
    StringBuilder read = new StringBuilder();
    cipher.open(
        FakeServer.SELF,
        content,
        new RoomCipher.Reader() {
          @Override
          public void missing(int messages) {}

          @Override
          public void text(String text, boolean isPrivate) {
            read.append(text);
          }

          @Override
          public void unreadable(Rejection why) {
            read.append("(unreadable)");
          }
        });
    return read.toString();
  }
}
