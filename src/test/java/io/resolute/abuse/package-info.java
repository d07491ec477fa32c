/**
 * Strangers by the thousand, against the server as people run it: what they make it hold, that it
 * forgets them, and that a pair of others keeps talking meanwhile. Not part of every build, see
 * docs/security-tests.md.
 */
package io.resolute.abuse;
