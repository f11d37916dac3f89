package io.kbsserver.agents;

import static io.kbsserver.api.OperationId.GET_AGENT;
import static io.kbsserver.api.OperationId.LIST_AGENTS;

import io.kbsserver.api.model.Agent;
import io.kbsserver.api.model.AgentLinks;
import io.kbsserver.link.Links;
import jakarta.inject.Singleton;

/** Turns agents into what goes over the wire. */
@Singleton
class AgentRepresentation {

  private final Links links;

  AgentRepresentation(Links links) {
    this.links = links;
  }

  Agent of(AgentView agent) {
    return Agent.builder()
        .id(agent.id())
        .name(agent.name())
        .firstName(agent.firstName())
        .lastName(agent.lastName())
        .email(agent.email())
        ._links(
            AgentLinks.builder()
                .self(links.to(GET_AGENT, agent.id()))
                .collection(links.to(LIST_AGENTS))
                .build())
        .build();
  }
}
