/**
 * Writes the page at {@code /docs} from the contract and the guides, while the server is built.
 * Nothing of it runs in a server.
 */
@NullMarked
package io.kbsserver.reference;

import org.jspecify.annotations.NullMarked;
