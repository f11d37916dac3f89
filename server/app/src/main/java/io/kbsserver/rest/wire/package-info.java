/** What is done to requests and answers as Netty reads and writes them. */
package io.kbsserver.rest.wire;
