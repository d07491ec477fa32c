/** How fast clients may go, and how many may come from one address. Knows no Vert.x. */
@NullMarked
package io.resolute.limits;

import org.jspecify.annotations.NullMarked;
