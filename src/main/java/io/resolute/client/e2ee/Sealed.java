package io.resolute.client.e2ee;

import io.resolute.protocol.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Something to send that the relay cannot read.
 *
 * @param to the member that it is for; null for all the other members
 * @param content the {@code content} of the message
 */
public record Sealed(@Nullable UserId to, String content) {}
