package io.kbsserver.users;

import io.kbsserver.access.Caller;
import io.kbsserver.api.OperationId;
import io.kbsserver.link.Embeddable;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.Refusal;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In place of the room of users, where a test wants to know what it is asked. */
@Singleton
@Replaces(UserEmbedding.class)
@Requires(property = UsersOfTheTest.ARE_THERE)
public class UsersOfTheTest implements Embeddable {

  /** The property that opens the room. */
  public static final String ARE_THERE = "kbs-test.users";

  /** What it was asked for, one call after the other. */
  public final List<Set<Long>> asked = new ArrayList<>();

  /** Whom it does not know. */
  public final Set<Long> unknown = new HashSet<>();

  @Override
  public OperationId operation() {
    return OperationId.GET_USER;
  }

  @Override
  public Map<Long, ?> byIds(Set<Long> ids, Caller caller) {
    asked.add(ids);
    Map<Long, Object> users = new HashMap<>();
    ids.stream()
        .filter(id -> !unknown.contains(id))
        .forEach(id -> users.put(id, Map.of("id", id, "name", "User " + id)));
    return users;
  }

  @Override
  public Refusal refusal(long id) {
    return NotFound.ticket();
  }
}
