package io.kbsserver.http;

import com.mysql.cj.BindValue;
import com.mysql.cj.MysqlConnection;
import com.mysql.cj.PreparedQuery;
import com.mysql.cj.Query;
import com.mysql.cj.interceptors.QueryInterceptor;
import com.mysql.cj.log.Log;
import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.protocol.ServerSession;
import io.kbsserver.change.ChangeMark;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import reactor.core.scheduler.Schedulers;

/** Listens at the driver to what a server sends to its database. Public, as the driver wants it. */
public final class SentStatements implements QueryInterceptor {

  private static final Pattern TABLE = Pattern.compile("(?i)\\b(?:FROM|INTO|UPDATE)\\s+`?(\\w+)`?");
  private static final List<Sent> SENT = new CopyOnWriteArrayList<>();
  private static final List<String> WHERE_NOBODY_WAITS = new CopyOnWriteArrayList<>();

  private static final AtomicReference<Runnable> BEFORE_PAGE = new AtomicReference<>();

  /** A statement, with the values of its placeholders. */
  record Sent(String sql, List<Object> values) {}

  /** The URL of a database whose statements are listened to. */
  static String listenedTo(String url) {
    return url + "&queryInterceptors=" + SentStatements.class.getName();
  }

  /** What an action sends, in short: the verb, and the first table that is named. */
  static List<String> during(Runnable action) {
    return wholeDuring(action).stream().map(sent -> inShort(sent.sql())).toList();
  }

  /** What an action sends, to be sent again. */
  static List<Sent> wholeDuring(Runnable action) {
    SENT.clear();
    action.run();
    return List.copyOf(SENT);
  }

  /** Does something before the next page of a list is read, and once only. */
  static void beforeAPage(Runnable action) {
    BEFORE_PAGE.set(action);
  }

  /** What was sent from threads that serve all connections, and must not wait for an answer. */
  static List<String> whereNobodyWaits() {
    return WHERE_NOBODY_WAITS;
  }

  private static String inShort(String sql) {
    String verb = sql.replace("(", "").strip().split("\\s")[0].toUpperCase(Locale.ROOT);
    // What was changed is told beside all else, and names tables first.
    Matcher table = TABLE.matcher(sql.replace(ChangeMark.VALUE + " AS mark", ""));
    return table.find() ? verb + " " + table.group(1) : sql.strip();
  }

  @Override
  public QueryInterceptor init(MysqlConnection connection, Properties properties, Log log) {
    return this;
  }

  @Override
  public <T extends Resultset> T preProcess(Supplier<String> sql, Query query) {
    // The pool asks a connection that was idle for a moment whether it is alive.
    if (sql != null && sql.get() != null && !sql.get().equals("SELECT 1") && !isAside()) {
      Runnable before = sql.get().contains(") page ") ? BEFORE_PAGE.getAndSet(null) : null;
      if (before != null) {
        before.run();
      }
      SENT.add(new Sent(sql.get(), values(query)));
      if (Schedulers.isInNonBlockingThread()) {
        WHERE_NOBODY_WAITS.add(Thread.currentThread().getName() + ": " + sql.get());
      }
    }
    return null;
  }

  /** What the server does by itself, whenever it is time, belongs to no request. */
  private static boolean isAside() {
    return Thread.currentThread().getName().startsWith("scheduled-executor");
  }

  private static List<Object> values(Query query) {
    return query instanceof PreparedQuery prepared
        ? Stream.of(prepared.getQueryBindings().getBindValues()).map(BindValue::getValue).toList()
        : List.of();
  }

  @Override
  public boolean executeTopLevelOnly() {
    return true;
  }

  @Override
  public void destroy() {}

  @Override
  public <T extends Resultset> T postProcess(
      Supplier<String> sql, Query query, T result, ServerSession session) {
    return null;
  }
}
