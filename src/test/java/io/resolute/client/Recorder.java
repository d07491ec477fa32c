package io.resolute.client;

import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;
import io.resolute.protocol.ServerPacket.UserLeft.LeftReason;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Writes down what a client's listeners are told. */
final class Recorder implements RoomListener, ConnectionListener {
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  /** Waits for the next event. */
  String next() throws InterruptedException {
    return String.valueOf(told.poll(20, TimeUnit.SECONDS));
  }

  /** Returns whether there is an event that was not asked for yet. */
  boolean hasMore() {
    return !told.isEmpty();
  }

  @Override
  public void message(ClientRoom room, Member from, String text) {
    told.add(from.username() + ": " + text);
  }

  @Override
  public void unreadable(ClientRoom room, Member from) {
    told.add(from.username() + " unreadable");
  }

  @Override
  public void memberJoined(ClientRoom room, Member member) {
    told.add(member.username() + " joined " + member.status());
  }

  @Override
  public void memberLeft(ClientRoom room, Member member, LeftReason reason) {
    told.add(member.username() + " " + reason);
  }

  @Override
  public void roomClosed(ClientRoom room, ClosedReason reason) {
    told.add("room " + reason);
  }

  @Override
  public void connectionLost(ConnectionLostException why) {
    told.add("lost " + why.code());
  }
}
