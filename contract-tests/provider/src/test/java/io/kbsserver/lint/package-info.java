/** What programs of others say about the contract, and about a server that keeps it. */
package io.kbsserver.lint;
