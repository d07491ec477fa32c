/**
 * {@code scripts/bench}: drives servers over WSS, checks every message, and says what it cost; see
 * docs/performance.md.
 */
package io.resolute.bench;
