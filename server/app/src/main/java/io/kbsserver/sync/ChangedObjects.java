package io.kbsserver.sync;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.kbsserver.access.Caller;
import io.kbsserver.change.Subject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what has become of what was changed. */
@Singleton
public class ChangedObjects {

  private final Map<Subject, PresentState> rooms;

  ChangedObjects(List<PresentState> rooms) {
    this.rooms =
        rooms.stream()
            .collect(
                toMap(
                    PresentState::subject,
                    room -> room,
                    (one, other) -> one,
                    () -> new EnumMap<>(Subject.class)));
  }

  /** What reads things of one kind. */
  PresentState room(Subject kind) {
    return requireNonNull(rooms.get(kind));
  }

  /**
   * What it is like now, by the position of its last change among these; of what is gone there is
   * nothing.
   */
  public Map<Long, Object> of(List<SeenChange> changes, Caller caller) {
    Map<Subject, Map<Long, SeenChange>> last = new EnumMap<>(Subject.class);
    changes.forEach(
        change ->
            last.computeIfAbsent(change.subject(), kind -> new HashMap<>())
                .put(change.id(), change));
    Map<Long, Object> objects = new HashMap<>();
    last.forEach(
        (kind, byId) -> {
          byId.values().removeIf(SeenChange::gone);
          if (!byId.isEmpty()) {
            room(kind)
                .byIds(byId.keySet(), caller)
                .forEach((id, is) -> objects.put(requireNonNull(byId.get(id)).position(), is));
          }
        });
    return objects;
  }
}
