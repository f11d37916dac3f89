/** What clients can find out by asking: the indexes, the description of a route, the contract. */
package io.kbsserver.rest.discovery;
