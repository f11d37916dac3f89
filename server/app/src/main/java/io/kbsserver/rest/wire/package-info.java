/** What is done to requests and answers as Netty reads and writes them. */
@NullMarked
package io.kbsserver.rest.wire;

import org.jspecify.annotations.NullMarked;
