package io.kbsserver.cli;

import io.kbsserver.storage.Database.Purpose;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A command that is done with one bean of the application, while the server runs or not.
 *
 * @param <T> the bean
 */
abstract class BeanCommand<T> implements Callable<Integer> {
  private final Session session;
  private final Class<T> type;

  BeanCommand(Session session, Class<T> type) {
    this.session = session;
    this.type = type;
  }

  abstract void run(T bean, PrintStream out);

  @Override
  public Integer call() throws Exception {
    return session.run(
        Purpose.COMMAND,
        Map.of(),
        (context, database) -> {
          run(context.getBean(type), session.terminal().out());
          return 0;
        });
  }
}
