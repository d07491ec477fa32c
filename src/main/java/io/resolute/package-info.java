/** Rësolute: a relay for short-lived, anonymous, end-to-end-encrypted conversations. */
@NullMarked
package io.resolute;

import org.jspecify.annotations.NullMarked;
