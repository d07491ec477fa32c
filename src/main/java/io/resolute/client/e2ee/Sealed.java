package io.resolute.client.e2ee;

import io.resolute.protocol.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Something to send that the relay cannot read.
 *
 * @param to the member that it is for; null for all the other members
 * @param content the {@code content} of the message
 * @param isText whether it is the text itself, and not what is needed to open it
 */
public record Sealed(@Nullable UserId to, String content, boolean isText) {
  static Sealed text(@Nullable UserId to, String content) {
    return new Sealed(to, content, true);
  }

  static Sealed key(UserId to, String content) {
    return new Sealed(to, content, false);
  }
}
