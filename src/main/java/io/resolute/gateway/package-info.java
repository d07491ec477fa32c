/**
 * The gateway: TLS, the WebSocket handshake, and one {@link io.resolute.gateway.Connection} a
 * socket, which turns frames into packets for the event bus and back.
 */
@NullMarked
package io.resolute.gateway;

import org.jspecify.annotations.NullMarked;
