/** Join keys: who holds one comes in. {@link io.resolute.key.JoinKeys} keeps none of them. */
@NullMarked
package io.resolute.key;

import org.jspecify.annotations.NullMarked;
