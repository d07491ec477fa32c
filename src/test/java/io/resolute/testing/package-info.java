/** What several tests need: a server, and clients that send what they are told. */
package io.resolute.testing;
