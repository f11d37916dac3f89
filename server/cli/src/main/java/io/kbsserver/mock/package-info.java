/** A server for the tests of clients, which answers with the examples of the contract. */
package io.kbsserver.mock;
