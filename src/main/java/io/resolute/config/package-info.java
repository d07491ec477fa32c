/** The configuration: validated once, strictly, before anything starts. */
@NullMarked
package io.resolute.config;

import org.jspecify.annotations.NullMarked;
