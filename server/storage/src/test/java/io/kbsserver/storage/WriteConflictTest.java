package io.kbsserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.micronaut.data.exceptions.DataAccessException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures of the database are worth another try. */
class WriteConflictTest {

  private final WriteConflict conflict = new WriteConflict();

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "deadlock or Galera's certification, 40001, 1213, true",
    "certification of a MySQL group,     40000, 3101, true",
    "duplicate key,                      23000, 1062, true",
    "snapshot of MariaDB too old,        HY000, 1020, true",
    "lock wait time-out,                 40001, 1205, false",
    "lock wait time-out by another name, HY000, 1205, false",
    "no such referenced row,             23000, 1452, false",
    "a row that is still referenced,     23000, 1451, false",
    "null where none may be,             23000, 1048, false",
    "statement that took too long,       70100, 1969, false",
    "text too long,                      22001, 1406, false",
    "connection lost,                    08S01, 0,    false",
    "a failure without a state,          ,      0,    false"
  })
  void onlyWhatAnotherWriterCausedIsTriedAgain(
      String name, String state, int code, boolean triedAgain) {
    SQLException failure = new SQLException(name, state, code);
    assertEquals(triedAgain, conflict.test(failure));
    assertEquals(triedAgain, conflict.test(new DataAccessException("wrapped", failure)));
    assertEquals(
        triedAgain,
        conflict.test(
            new DataAccessException(
                "a batch", new BatchUpdateException(name, state, code, new int[0]))));
  }

  @Test
  void whatIsNotOfTheDatabaseIsNot() {
    assertFalse(conflict.test(new IllegalStateException("Nothing to do with it")));
  }
}
