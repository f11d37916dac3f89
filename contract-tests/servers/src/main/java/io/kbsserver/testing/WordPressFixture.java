package io.kbsserver.testing;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;

/** A schema of the test database: the site of the fixture, or a KBS Server, empty or worked on. */
public final class WordPressFixture {

  private final String url;

  private WordPressFixture(String url) {
    this.url = url;
  }

  /** A schema with the database of the reference site. */
  public static WordPressFixture site(String schema) {
    return loaded(schema, "/wordpress/fixture");
  }

  /** A schema with the database of the same site after months of use. */
  public static WordPressFixture livedSite(String schema) {
    return loaded(schema, "/wordpress/lived");
  }

  /** The reference site, with something done to each statement of its dump. */
  public static WordPressFixture rewrittenSite(String schema, UnaryOperator<String> statements) {
    return loaded(schema, "/wordpress/fixture", statements);
  }

  /**
   * A schema with a database of the first release of KBS Server: the reference site, imported and
   * worked on.
   */
  public static WordPressFixture firstRelease(String schema) {
    return loaded(schema, "/release/first");
  }

  private static WordPressFixture loaded(String schema, String name) {
    return loaded(schema, name, UnaryOperator.identity());
  }

  private static WordPressFixture loaded(
      String schema, String name, UnaryOperator<String> statements) {
    WordPressFixture fixture = new WordPressFixture(TestDatabase.get().createSchema(schema));
    try (Connection connection = fixture.connect();
        Statement statement = connection.createStatement();
        InputStream file = WordPressFixture.class.getResourceAsStream(name + ".sql.gz");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
      StringBuilder sql = new StringBuilder();
      // A dump writes line breaks within values as \n, so that a statement ends where a line does.
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        sql.append(line).append('\n');
        if (line.endsWith(";")) {
          statement.execute(statements.apply(sql.toString()));
          sql.setLength(0);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The fixture cannot be loaded", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fixture;
  }

  /** A schema with the empty tables of KBS Server, whose log of changes is watched. */
  public static WordPressFixture empty(String schema) {
    WordPressFixture fixture = unwatched(schema);
    ChangeJudge.watch(fixture.url, TestDatabase.get().user(), TestDatabase.get().password());
    return fixture;
  }

  /** The same, for a test that turns its tables into those of an earlier release. */
  public static WordPressFixture unwatched(String schema) {
    return new WordPressFixture(TestDatabase.get().createMigratedSchema(schema));
  }

  /** Another schema with the same tables and rows. */
  public WordPressFixture copy(String schema) {
    return copies().apply(schema);
  }

  /** The same again and again, for as long as this one stays as it is: it is read only once. */
  public Function<String, WordPressFixture> copies() {
    TestDatabase database = TestDatabase.get();
    SchemaTemplate template = SchemaTemplate.of(url, database.user(), database.password());
    return schema -> {
      WordPressFixture copy = new WordPressFixture(database.createSchema(schema));
      template.copyInto(copy.url);
      return copy;
    };
  }

  /** What an import wants to know of where it reads. */
  public interface Source<T> {
    T at(String url, String user, String password, String prefix);
  }

  /** Where it is, for an import from it. */
  public <T> T source(Source<T> source) {
    return source.at(url, TestDatabase.get().user(), TestDatabase.get().password(), "wp_");
  }

  /** Where it is. */
  public String url() {
    return url;
  }

  /** Where it is, for an import into it. */
  public DataSource dataSource() {
    MysqlDataSource dataSource = new MysqlDataSource();
    dataSource.setUrl(url);
    dataSource.setUser(TestDatabase.get().user());
    dataSource.setPassword(TestDatabase.get().password());
    return dataSource;
  }

  /** Runs one statement after the other; zero dates and the like are accepted. */
  public void change(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION sql_mode = ''");
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first value that a query gives, as text; null where it gives none. */
  public String value(String sql, Object... args) {
    List<String> values = values(sql, args);
    return values.isEmpty() ? null : values.get(0);
  }

  /** The first column of a query, as text. */
  public List<String> values(String sql, Object... args) {
    return read(sql, rows -> rows.getString(1), args);
  }

  /** The rows of a query, all columns of each in one text. */
  public List<String> rows(String sql) {
    return read(
        sql,
        rows -> {
          StringBuilder row = new StringBuilder();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            byte[] value = rows.getBytes(i);
            row.append(value == null ? "NULL" : new String(value, StandardCharsets.ISO_8859_1))
                .append('|');
          }
          return row.toString();
        });
  }

  private interface Row {
    String map(ResultSet rows) throws SQLException;
  }

  private List<String> read(String sql, Row row, Object... args) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < args.length; i++) {
        statement.setObject(i + 1, args[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<String> values = new ArrayList<>();
        while (rows.next()) {
          values.add(row.map(rows));
        }
        return values;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    return ChangeJudge.unjudged(
        DriverManager.getConnection(url, TestDatabase.get().user(), TestDatabase.get().password()));
  }
}
