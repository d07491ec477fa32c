package io.resolute.client;

import io.resolute.client.e2ee.RoomCipher;
import io.resolute.client.e2ee.Sealed;
import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.UserId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Sends the parts of the messages to one room. For the connection's thread alone. */
final class MessageSender {
  private final Connection connection;
  private final RoomCipher cipher;
  private final RoomId room;

  MessageSender(Connection connection, RoomCipher cipher, RoomId room) {
    this.connection = connection;
    this.cipher = cipher;
    this.room = room;
  }

  /**
   * Sends all parts of one message, or none.
   *
   * @param members everybody else in the room
   * @param tally what the answers are added to
   */
  CompletableFuture<SendResult> send(
      List<Sealed> parts, Map<UserId, Member> members, SendTally tally) {
    List<CompletableFuture<ServerPacket.MessageSent>> answers = request(parts);
    CompletableFuture<?>[] counted = new CompletableFuture<?>[answers.size()];
    for (int i = 0; i < counted.length; i++) {
      Sealed part = parts.get(i);
      Member recipient = part.to() == null ? null : members.get(part.to());
      counted[i] =
          answers
              .get(i)
              .handle((sent, failure) -> tally.count(part.isText(), sent, failure, recipient));
    }
    return CompletableFuture.allOf(counted).handle((all, failure) -> result(tally, failure));
  }

  private List<CompletableFuture<ServerPacket.MessageSent>> request(List<Sealed> parts) {
    List<ClientPacket.SendMessage> packets =
        parts.stream()
            .map(part -> new ClientPacket.SendMessage(room, part.to(), part.content()))
            .toList();
    try {
      return connection.requestAll(packets, ServerPacket.MessageSent.class);
    } catch (ResoluteException notSent) {
      cipher.renew();
      throw notSent;
    }
  }

  private SendResult result(SendTally tally, @Nullable Throwable failure) {
    if (failure != null) {
      // Somebody may be without a key that the cipher believes to be handed out.
      cipher.renew();
      throw new CompletionException(Futures.unwrap(failure));
    }
    if (tally.isKeyLost()) {
      // Nobody but the server says that the member is gone.
      cipher.renew();
    }
    return tally.result();
  }
}
