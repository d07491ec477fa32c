package io.resolute.client;

import io.resolute.client.e2ee.SafetyNumber;
import io.resolute.protocol.ClientPacket.KeyKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The Java client as a party. */
final class JavaParty implements Party {
  private final ResoluteClient client;

  JavaParty(ResoluteClient client) {
    this.client = client;
  }

  @Override
  public Seat create(String roomName, String username) {
    Witness told = new Witness();
    return new JavaSeat(await(client.createRoom(roomName, username, told)), told);
  }

  @Override
  public Seat join(String link, String username) {
    Witness told = new Witness();
    return new JavaSeat(await(client.join(Invite.parse(link), username, told)), told);
  }

  @Override
  public void close() {
    client.close();
    await(client.terminated());
  }

  /** Waits, and throws why there is nothing. */
  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RequestRefusedException refused) {
        throw new Refused(refused.code().wireName());
      }
      if (failure.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw new CompletionException(failure.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * A place of the Java client.
   *
   * @param seat what it has itself
   */
  record JavaSeat(ClientRoom seat, Witness told) implements Seat {
    @Override
    public String room() {
      return seat.id().value();
    }

    @Override
    public String userId() {
      return seat.userId().value();
    }

    @Override
    public String name() {
      return seat.name();
    }

    @Override
    public CompletableFuture<Sent> say(String text) {
      return seat.sendToAll(text).thenApply(JavaSeat::sent);
    }

    @Override
    public CompletableFuture<Sent> sayTo(String userId, String text) {
      return lineTo(userId).say(text);
    }

    @Override
    public Line lineTo(String userId) {
      Member member =
          seat.members().stream()
              .filter(one -> one.id().value().equals(userId))
              .findFirst()
              .orElseThrow();
      return text -> seat.sendTo(member, text).thenApply(JavaSeat::sent);
    }

    @Override
    public String invite(KeyKind kind) {
      return await(seat.invite(kind)).toLink();
    }

    @Override
    public void resetKeys() {
      await(seat.resetKeys());
    }

    @Override
    public void leave() {
      await(seat.leave());
    }

    @Override
    public void end() {
      await(seat.close());
    }

    @Override
    public List<Shown> members() {
      return shown(seat.members());
    }

    @Override
    public List<Shown> listed() {
      return shown(await(seat.listMembers()).others());
    }

    @Override
    public String safetyNumber() {
      SafetyNumber number = await(seat.safetyNumber()).orElseThrow();
      return number.digits() + " " + String.join("", number.signs());
    }

    private static Sent sent(SendResult result) {
      return new Sent(
          result.recipients(), result.unreached().stream().map(one -> one.id().value()).toList());
    }

    private static List<Shown> shown(List<Member> members) {
      return members.stream()
          .map(one -> new Shown(one.id().value(), one.username(), one.status().name()))
          .toList();
    }
  }
}
