/**
 * The client library: {@link io.resolute.client.ResoluteClient} connects, {@link
 * io.resolute.client.ClientRoom} is a room that one is in, {@link io.resolute.client.Invite} is
 * what lets somebody else in. The transport is the JDK's own WebSocket.
 */
@NullMarked
package io.resolute.client;

import org.jspecify.annotations.NullMarked;
