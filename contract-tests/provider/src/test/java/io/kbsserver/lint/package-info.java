/** What linters say about the contract. */
package io.kbsserver.lint;
