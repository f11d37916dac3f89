package io.kbsserver.agents;

import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Page;
import io.kbsserver.refusal.NotFound;
import io.kbsserver.site.CurrentSite;
import io.micronaut.data.connection.annotation.Connectable;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The rules of agents. Who may read them at all, the contract says. */
@Singleton
class AgentService {

  private final AgentList list;
  private final CurrentSite settings;

  AgentService(AgentList list, CurrentSite settings) {
    this.list = list;
    this.settings = settings;
  }

  /** A page of the agents that contain this; null for any. */
  @Connectable
  public Page<AgentView> list(@Nullable String search, ListRequest request) {
    return list.page(search, request, settings.current());
  }

  /** One agent. */
  @Connectable
  public AgentView read(long id) {
    return list.find(id, settings.current()).orElseThrow(NotFound::agent);
  }
}
