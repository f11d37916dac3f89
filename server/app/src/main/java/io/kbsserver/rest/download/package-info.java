/** Answers that are bytes and no JSON: whole or in part, as they come, and safe for browsers. */
@NullMarked
package io.kbsserver.rest.download;

import org.jspecify.annotations.NullMarked;
