package io.kbsserver.change;

import static java.util.Objects.requireNonNull;

import io.kbsserver.storage.Statements;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What things are like by what the log reads: for tests that hold what it was told against it. */
public final class LoggedThings {

  private LoggedThings() {}

  /** All that is logged of a thing but for its id, as if it had just been made. */
  public static String read(Statements statements, Subject subject, long id) {
    Map<Subject, List<Object>> wanted = Map.of(subject, List.of(id));
    Map<String, @Nullable Object> state =
        requireNonNull(
            new LoggedState()
                .read(statements, wanted, subject.parts().isEmpty() ? Map.of() : wanted, false)
                .get(subject)
                .get(Long.toString(id)));
    state.remove(subject.id());
    state.remove(Subject.REVISION);
    return Differences.json(Differences.between(Map.of(), state));
  }
}
