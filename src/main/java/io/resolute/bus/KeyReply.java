package io.resolute.bus;

import io.resolute.protocol.JoinKey;

/** What the keeper of join keys answers to a {@link KeyCommand}. */
public sealed interface KeyReply {
  /** The key that was asked for, to be wiped by who gets it, and before long by who has sent it. */
  record Issued(JoinKey key) implements KeyReply {}

  /** It is done: the key was right, or the keys are reset or forgotten. */
  record Done() implements KeyReply {}

  /** The key is wrong, spent or reset, or the room has as many keys as it may have. */
  record Refused() implements KeyReply {}
}
