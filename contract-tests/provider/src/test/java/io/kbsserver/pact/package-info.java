/** The server does what pacts expect of it: those of our own consumers, and other people's. */
package io.kbsserver.pact;
