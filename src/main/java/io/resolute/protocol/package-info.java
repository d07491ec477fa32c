/**
 * The wire protocol, version 1: packets, ids, errors and close codes, and their JSON. Nothing here
 * knows of sockets, threads or Vert.x; the server and the client library share it.
 */
@NullMarked
package io.resolute.protocol;

import org.jspecify.annotations.NullMarked;
