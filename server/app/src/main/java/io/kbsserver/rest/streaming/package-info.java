/** Answers whose long texts are read from the database while they are sent. */
@NullMarked
package io.kbsserver.rest.streaming;

import org.jspecify.annotations.NullMarked;
