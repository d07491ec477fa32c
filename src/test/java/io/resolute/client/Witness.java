package io.resolute.client;

import io.resolute.client.e2ee.Rejection;
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;
import io.resolute.protocol.ServerPacket.UserLeft.LeftReason;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes down what a member of a sealed room is told, with the reasons. */
final class Witness implements RoomListener {
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  /** Takes note of an event. */
  void tell(String event) {
    told.add(event);
  }

  /** Waits for the next event. */
  String next() throws InterruptedException {
    return String.valueOf(poll());
  }

  /** Waits for the next event, which is nothing if there is none in time. */
  @Nullable String poll() throws InterruptedException {
    return told.poll(20, TimeUnit.SECONDS);
  }

  /** Waits for an event, and passes over others. */
  void await(String wanted) throws InterruptedException {
    String last = "";
    while (!last.equals(wanted)) {
      last = told.poll(20, TimeUnit.SECONDS);
      if (last == null) {
        throw new AssertionError("waited for «" + wanted + "»");
      }
    }
  }

  /** Returns whether there is an event that was not asked for yet. */
  boolean hasMore() {
    return !told.isEmpty();
  }

  /** Returns whether anything that waits, or was passed over last, holds {@code text}. */
  boolean isToldMore(String text) {
    return told.stream().anyMatch(event -> event.contains(text));
  }

  @Override
  public void message(ClientRoom room, Member from, String text, boolean isPrivate) {
    told.add(from.username() + (isPrivate ? " to one: " : ": ") + text);
  }

  @Override
  public void unreadable(ClientRoom room, Member from, Rejection why) {
    told.add(from.username() + " " + why);
  }

  @Override
  public void missing(ClientRoom room, Member from, int messages) {
    told.add(from.username() + " misses " + messages);
  }

  @Override
  public void memberJoined(ClientRoom room, Member member) {
    told.add(member.username() + " joined " + member.status());
  }

  @Override
  public void memberLeft(ClientRoom room, Member member, LeftReason reason) {
    told.add(member.username() + " left");
  }

  @Override
  public void roomClosed(ClientRoom room, ClosedReason reason) {
    told.add("room " + reason);
  }
}
