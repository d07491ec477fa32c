/**
 * The event bus of the relay: every address in one place, what travels there, and how it travels.
 * An address and the type of its body are the whole contract between the verticles.
 */
@NullMarked
package io.resolute.bus;

import org.jspecify.annotations.NullMarked;
