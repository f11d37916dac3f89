package io.kbsserver.webhooks;

import io.kbsserver.change.Action;
import io.kbsserver.change.Subject;
import java.util.List;
import java.util.stream.Stream;

/** The types of changes that can be sent. */
public final class EventTypes {

  /** A message that tells of nothing. */
  public static final String TEST = "webhook.test";

  /** What changes of hang on tickets, and so have somebody's sight to go by. */
  static final List<Subject> KINDS =
      List.of(Subject.TICKET, Subject.REPLY, Subject.NOTE, Subject.FILE);

  /** Each kind with what may become of it. */
  static final List<String> ALL =
      KINDS.stream()
          .flatMap(
              kind -> Stream.of(Action.values()).map(action -> kind.kind() + "." + action.kept()))
          .toList();

  private EventTypes() {}

  /** Whether there are changes of all these types. */
  static boolean areKnown(List<String> types) {
    return ALL.containsAll(types);
  }

  /** Whether a change of this kind may be sent. */
  public static boolean isSent(String kind) {
    return KINDS.stream().anyMatch(known -> known.kind().equals(kind));
  }

  static String list() {
    return String.join(", ", ALL);
  }

  /** As they are kept, in the order in which they are listed here. */
  static String kept(List<String> types) {
    return String.join(",", ALL.stream().filter(types::contains).toList());
  }
}
