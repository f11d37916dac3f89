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
  private final Purpose purpose;

  BeanCommand(Session session, Class<T> type) {
    this(session, type, Purpose.COMMAND);
  }

  BeanCommand(Session session, Class<T> type, Purpose purpose) {
    this.session = session;
    this.type = type;
    this.purpose = purpose;
  }

  abstract void run(T bean, PrintStream out);

  final Terminal terminal() {
    return session.terminal();
  }

  @Override
  public Integer call() throws Exception {
    return session.run(
        purpose,
        Map.of(),
        (context, database) -> {
          run(context.getBean(type), session.terminal().out());
          return 0;
        });
  }
}
