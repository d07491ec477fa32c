/**
 * Memory outside the Java heap for what must not be copied, swapped out or dumped, and a MAC under
 * a key that never leaves it.
 */
@NullMarked
package io.resolute.memory;

import org.jspecify.annotations.NullMarked;
