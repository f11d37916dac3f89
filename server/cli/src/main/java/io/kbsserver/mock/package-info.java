/** A server for the tests of clients, which answers with the examples of the contract. */
@NullMarked
package io.kbsserver.mock;

import org.jspecify.annotations.NullMarked;
