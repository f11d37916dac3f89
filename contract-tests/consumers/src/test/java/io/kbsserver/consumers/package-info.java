/**
 * Clients of the server, each with what it needs and no more. Their tests talk to a server that
 * answers as they expect, with the SDK, and write down what they said and expected.
 */
package io.kbsserver.consumers;
