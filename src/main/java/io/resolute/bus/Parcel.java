package io.resolute.bus;

import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is told at once, at {@link Addresses#ofConnection}.
 *
 * @param frames for its client, in their order
 * @param settled the {@link io.resolute.protocol.ClientPacket.ForRoom#weight} of those of its
 *     requests that have been carried out. Each is settled once, not before what follows from it.
 * @param sent bytes that were sent because of these, to whomever
 * @param refused why some of them were not carried out
 */
public record Parcel(List<OutboundFrame> frames, int settled, long sent, List<ErrorCode> refused) {
  /** Copies {@code frames} and {@code refused}. */
  public Parcel {
    frames = List.copyOf(frames);
    refused = List.copyOf(refused);
  }

  /** Overwrites the join keys in the frames, for a connection that is gone. */
  public void wipe() {
    frames.forEach(OutboundFrame::wipe);
  }

  /** A parcel that is being put together. */
  public static final class Builder {
    private static final int FEW = ClientPacket.MAX_WEIGHT / 8;
    private static final int LITTLE = 16 * 1024;

    private final List<OutboundFrame> frames = new ArrayList<>();
    private List<ErrorCode> refused = List.of();
    private int settled;
    private long sent;
    private boolean secret;

    /** Adds a frame. */
    public Builder add(OutboundFrame frame) {
      frames.add(frame);
      secret |= frame.secret();
      return this;
    }

    /**
     * Adds that a request has been carried out.
     *
     * @param refusal why not; null if it has
     */
    public Builder settle(int weight, long bytes, @Nullable ErrorCode refusal) {
      settled += weight;
      sent += bytes;
      if (refusal != null) {
        refused = refused.isEmpty() ? new ArrayList<>() : refused;
        refused.add(refusal);
      }
      return this;
    }

    /**
     * Returns whether there is so little in it that its connection misses nothing if it is late.
     */
    public boolean canWait() {
      return frames.isEmpty() && refused.isEmpty() && settled < FEW && sent < LITTLE;
    }

    /** Returns whether a join key is in one of the frames. */
    boolean isSecret() {
      return secret;
    }

    /** Overwrites the join keys in the frames. */
    void wipe() {
      frames.forEach(OutboundFrame::wipe);
    }

    /** Returns the parcel. */
    public Parcel build() {
      return new Parcel(frames, settled, sent, refused);
    }
  }
}
