package io.kbsserver.storage;

import com.mysql.cj.jdbc.result.ResultSetInternalMethods;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times the statements of the pool's connections, and tells of those that take long, whether they
 * succeed or not.
 */
@Singleton
final class StatementTimer {

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final long limitNanos;
  private final ApplicationEventPublisher<SlowQuery> listeners;

  /**
   * A timer.
   *
   * @param limit from which on a statement takes long; none does where it is zero
   */
  StatementTimer(
      @Property(name = "kbs.slow-query") Duration limit,
      ApplicationEventPublisher<SlowQuery> listeners) {
    this.limitNanos = limit.isZero() ? Long.MAX_VALUE : limit.toNanos();
    this.listeners = listeners;
  }

  /** Whether there is anything to time. */
  boolean isOn() {
    return limitNanos != Long.MAX_VALUE;
  }

  /**
   * The same statement, timed.
   *
   * @param sql its text, if it has one already
   */
  Statement timed(Statement statement, @Nullable String sql) {
    Class<?> type =
        statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
    return (Statement)
        Proxy.newProxyInstance(
            StatementTimer.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("execute")) {
                return timed(sql == null ? text(arguments) : sql, statement, method, arguments);
              }
              return method.getName().equals("equals")
                  ? proxy == arguments[0]
                  : invoked(statement, method, arguments);
            });
  }

  /** The result of a call that waits for the database. */
  @Nullable Object timed(String sql, Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    long began = System.nanoTime();
    try {
      Object result = invoked(target, method, arguments);
      long nanos = System.nanoTime() - began;
      if (nanos >= limitNanos) {
        tell(nanos, sql, rows(result), OptionalInt.empty());
      }
      return result;
    } catch (SQLException e) {
      long nanos = System.nanoTime() - began;
      if (nanos >= limitNanos) {
        tell(nanos, sql, OptionalLong.empty(), OptionalInt.of(e.getErrorCode()));
      }
      throw e;
    }
  }

  private static @Nullable Object invoked(
      Object target, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private void tell(long nanos, String sql, OptionalLong rows, OptionalInt error) {
    String line = BLANKS.matcher(sql).replaceAll(" ").strip();
    listeners.publishEvent(new SlowQuery(Duration.ofNanos(nanos), line, rows, error));
  }

  /** What a statement without a text of its own is given, or was given before. */
  private static String text(Object @Nullable [] arguments) {
    return arguments != null && arguments.length > 0 && arguments[0] instanceof String sql
        ? sql
        : "(a batch)";
  }

  /** The driver has read all rows when it answers, unless it was asked not to. */
  private static OptionalLong rows(@Nullable Object result) throws SQLException {
    if (result instanceof ResultSet rows && rows.isWrapperFor(ResultSetInternalMethods.class)) {
      int known = rows.unwrap(ResultSetInternalMethods.class).getRows().size();
      return known < 0 ? OptionalLong.empty() : OptionalLong.of(known);
    }
    if (result instanceof int[] counts) {
      return OptionalLong.of(Arrays.stream(counts).filter(count -> count > 0).sum());
    }
    return result instanceof Number changed
        ? OptionalLong.of(changed.longValue())
        : OptionalLong.empty();
  }
}
