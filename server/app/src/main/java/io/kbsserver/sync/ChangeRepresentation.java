package io.kbsserver.sync;

import io.kbsserver.api.model.ChangeItem;
import io.kbsserver.api.model.ChangePage;
import io.kbsserver.list.Late;
import io.kbsserver.list.LateTexts;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Turns changes into what goes over the wire. */
final class ChangeRepresentation {

  private final Map<Long, Object> objects;

  /**
   * With what has become of the things.
   *
   * @param objects by positions
   */
  ChangeRepresentation(Map<Long, Object> objects) {
    this.objects = objects;
  }

  ChangePage of(SeenChanges seen) {
    return ChangePage.builder()
        .changes(seen.changes().stream().map(this::of).toList())
        .next(seen.next())
        .more(seen.more())
        .build();
  }

  ChangeItem of(SeenChange change) {
    ChangeItem.LastStep item =
        ChangeItem.builder()
            .position(change.position())
            .type(change.type())
            .kind(change.subject().kind())
            .id(change.id())
            .ticket(change.ticketId())
            .at(change.at().toInstant(ZoneOffset.UTC).toString())
            .gone(change.gone())
            .appeared(change.appeared());
    Object object = objects.get(change.position());
    return object == null
        ? item.build()
        : item.object(object instanceof Late<?> late ? late.item() : object).build();
  }

  /** The texts of these things that are read as the answer is sent. */
  List<LateTexts> late() {
    return objects.values().stream()
        .flatMap(object -> object instanceof Late<?> late ? Stream.of(late.texts()) : Stream.of())
        .toList();
  }
}
