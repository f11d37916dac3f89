package io.kbsserver.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A program that opens the built-in database, writes a row, says so, and waits to be killed. */
public final class HoldDatabase {
  private HoldDatabase() {}

  /** Takes the data folder. */
  public static void main(String[] args) throws Exception {
    System.out.println("starting");
    try (EmbeddedDatabase database = EmbeddedDatabase.open(Path.of(args[0]));
        Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      // Apart from the help desk's tables, among which it would count as another program's.
      statement.execute("CREATE DATABASE IF NOT EXISTS kbs_notes");
      statement.execute("CREATE TABLE IF NOT EXISTS kbs_notes.note (text VARCHAR(20))");
      statement.execute("INSERT INTO kbs_notes.note VALUES ('acknowledged')");
      System.out.println("holding " + database.processId());
      Thread.sleep(600_000);
    }
  }
}
