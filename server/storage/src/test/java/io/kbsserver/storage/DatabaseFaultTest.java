package io.kbsserver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseFaultTest {

  @ParameterizedTest
  @CsvSource({
    "1040,08004,CROWDED",
    "1203,42000,CROWDED",
    "1226,42000,CROWDED",
    "1461,42000,STATEMENTS",
    "1290,HY000,READ_ONLY",
    "1836,HY000,READ_ONLY",
    "1792,25006,READ_ONLY",
    "1021,HY000,FULL",
    "1114,HY000,FULL",
    "1213,40001,CONTENDED",
    "1317,70100,ENDED",
    "1927,70100,ENDED",
    "1053,08S01,AWAY",
    "1047,08S01,AWAY",
    "1158,08S01,AWAY",
    "1161,08S01,AWAY",
    "0,08S01,AWAY",
    "0,08003,AWAY",
    "0,08007,UNKNOWN_OUTCOME",
    "0,40001,CONTENDED"
  })
  void whatTheDatabaseIsToBlameFor(int code, String state, DatabaseFault fault) {
    assertEquals(
        Optional.of(fault),
        DatabaseFault.of(new IllegalStateException(new SQLException("", state, code))));
  }

  @ParameterizedTest
  @CsvSource({"1064,42000", "1146,42S02", "1062,23000", "1205,40001", "1969,70100", "3024,HY000"})
  void whatItIsNot(int code, String state) {
    assertEquals(Optional.empty(), DatabaseFault.of(new SQLException("", state, code)));
  }

  @Test
  void aFullDiskIsToldByTheSystemsNumber() {
    assertEquals(
        Optional.of(DatabaseFault.FULL),
        DatabaseFault.of(new SQLException("Got error 28 'No space left'", "HY000", 1030)));
    assertEquals(
        Optional.empty(), DatabaseFault.of(new SQLException("Got error 5", "HY000", 1030)));
  }

  @Test
  void whatIsBehindAConnectionThatCannotBeMadeExplainsIt() {
    SQLException pool = new SQLTransientConnectionException("timed out", "08001");
    pool.initCause(new SQLException("Too many connections", "08004", 1040));
    assertEquals(Optional.of(DatabaseFault.CROWDED), DatabaseFault.of(pool));
  }
}
