/**
 * How clients make their messages unreadable to the relay, one file a scheme. Nothing here reads or
 * writes a socket, a file or a clock; what a scheme produces, its caller sends.
 */
@NullMarked
package io.resolute.client.e2ee;

import org.jspecify.annotations.NullMarked;
