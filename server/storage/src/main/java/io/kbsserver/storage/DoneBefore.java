package io.kbsserver.storage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Passes over the statements of an interrupted migration whose work is there already. */
final class DoneBefore {

  /** What the database answers to a statement that makes or drops what it has made or dropped. */
  private static final Set<Integer> IS_THERE =
      Set.of(
          1050, // table
          1060, // column
          1061, // key
          1062, // row
          1091, // nothing to drop
          1826); // foreign key

  private DoneBefore() {}

  /** The same data source, whose statements succeed while a migration resumes. */
  static DataSource passedOver(DataSource dataSource, BegunMigrations begun) {
    return wrapped(
        DataSource.class,
        dataSource,
        (method, result) ->
            result instanceof Connection connection ? connection(connection, begun) : result,
        begun);
  }

  private static Connection connection(Connection connection, BegunMigrations begun) {
    return wrapped(
        Connection.class,
        connection,
        (method, result) ->
            method.getName().equals("createStatement")
                ? wrapped(Statement.class, result, (any, same) -> same, begun)
                : result,
        begun);
  }

  private interface Results {
    @Nullable Object of(Method method, @Nullable Object result);
  }

  private static <T> T wrapped(
      Class<T> type, @Nullable Object target, Results results, BegunMigrations begun) {
    return type.cast(
        Proxy.newProxyInstance(
            DoneBefore.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              try {
                return results.of(method, method.invoke(target, args));
              } catch (InvocationTargetException e) {
                if (method.getName().equals("execute")
                    && begun.resumes()
                    && e.getCause() instanceof SQLException failure
                    && IS_THERE.contains(failure.getErrorCode())) {
                  return false;
                }
                throw e.getCause();
              }
            }));
  }
}
