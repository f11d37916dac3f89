package io.kbsserver.link;

import io.kbsserver.access.Admission;
import io.kbsserver.access.Caller;
import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import io.kbsserver.refusal.NotAllowed;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.refusal.Refusal;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.response.LinkedObjects;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.Site;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Asks each room once for all that is linked there. */
@Singleton
public class EmbeddedObjects implements LinkedObjects {

  private final Map<Embeddable, Operation> rooms = new LinkedHashMap<>();
  private final BaseUrl baseUrl;
  private final CurrentCaller caller;
  private final CurrentSite settings;

  EmbeddedObjects(
      Contract contract,
      List<Embeddable> rooms,
      BaseUrl baseUrl,
      CurrentCaller caller,
      CurrentSite settings) {
    rooms.forEach(
        room -> this.rooms.put(room, contract.operation(room.operation().id()).orElseThrow()));
    this.baseUrl = baseUrl;
    this.caller = caller;
    this.settings = settings;
  }

  @Override
  public Map<String, Object> read(Set<String> hrefs) {
    Map<String, Object> result = new HashMap<>();
    hrefs.forEach(href -> result.put(href, NotFound.route()));
    rooms.forEach(
        (room, operation) -> {
          Map<String, Long> ids = idsOf(LinkPath.of(room.path()), hrefs);
          if (!ids.isEmpty()) {
            Function<Long, Object> objects = objects(room, operation, Set.copyOf(ids.values()));
            ids.forEach((href, id) -> result.put(href, objects.apply(id)));
          }
        });
    return result;
  }

  private Map<String, Long> idsOf(LinkPath path, Set<String> hrefs) {
    String root = baseUrl.ofRoutes();
    Map<String, Long> ids = new HashMap<>();
    for (String href : hrefs) {
      if (href.startsWith(root)) {
        path.idIn(href.substring(root.length())).ifPresent(id -> ids.put(href, id));
      }
    }
    return ids;
  }

  /** The object of each id, or why it cannot be read. */
  private Function<Long, Object> objects(Embeddable room, Operation operation, Set<Long> ids) {
    Site site = settings.current();
    Optional<Caller> known = caller.ifKnown();
    if (!site.isOn(operation.setting())) {
      return id -> NotFound.route();
    }
    if (!Admission.of(operation.callers(), known, site)) {
      return id -> NotAllowed.toDoThat();
    }
    try {
      Map<Long, ?> found = known.isPresent() ? room.byIds(ids, known.get()) : room.byIds(ids);
      return id -> found.containsKey(id) ? found.get(id) : room.refusal(id);
    } catch (Refusal refusal) {
      return id -> refusal;
    }
  }
}
