package io.kbsserver.agents;

import io.kbsserver.api.AgentsApi;
import io.kbsserver.api.model.Agent;
import io.kbsserver.list.ListRequest;
import io.kbsserver.list.Selection;
import io.kbsserver.list.Sort;
import io.kbsserver.list.Window;
import io.kbsserver.rest.response.Paging;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import java.util.List;

/** Translates between the generated interface and the rules of agents. */
@Controller("/wp-json")
class AgentsController implements AgentsApi {

  private final AgentService service;
  private final AgentRepresentation representation;
  private final Paging paging;

  AgentsController(AgentService service, AgentRepresentation representation, Paging paging) {
    this.service = service;
    this.representation = representation;
    this.paging = paging;
  }

  @Override
  public HttpResponse<List<Agent>> listAgents(ListAgentsParameters parameters) {
    ListRequest request =
        new ListRequest(
            new Window(parameters.page(), parameters.perPage(), null),
            new Selection(List.of(), List.of()),
            new Sort(AgentColumn.NAME, false));
    return paging.page(service.list(parameters.search(), request).map(representation::of));
  }

  @Override
  public HttpResponse<Agent> getAgent(Long id, GetAgentParameters parameters) {
    return HttpResponse.ok(representation.of(service.read(id)));
  }
}
