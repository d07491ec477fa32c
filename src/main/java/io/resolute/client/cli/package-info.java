/** The chat on the terminal. */
@NullMarked
package io.resolute.client.cli;

import org.jspecify.annotations.NullMarked;
