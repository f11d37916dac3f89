package io.kbsserver.storage;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A statement that took longer than the operator takes for good; published as an event by the
 * thread that has sent it.
 *
 * @param time until the database had answered
 * @param sql its text in one line, with question marks for values: these hold what people wrote
 * @param rows how many it gave or changed, if that is known
 * @param error the database's number of the error that it ended with, if it did
 */
public record SlowQuery(Duration time, String sql, OptionalLong rows, OptionalInt error) {}
