/**
 * The recorded exchanges of KB Support 1.6.1, replayed against the real server.
 *
 * <p>Every exchange either agrees by meaning, or all its differences are claimed by rows of {@code
 * COMPATIBILITY.md}.
 */
package io.kbsserver.compatibility;
