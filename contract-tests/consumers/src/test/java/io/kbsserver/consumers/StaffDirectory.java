package io.kbsserver.consumers;

import io.kbsserver.client.AgentsApi.APIDescribeAgentRequest;
import io.kbsserver.client.AgentsApi.APIGetAgentRequest;
import io.kbsserver.client.AgentsApi.APIListAgentsRequest;
import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.model.Agent;
import java.util.List;
import java.util.Set;

/** A directory of the staff, which shows who works on tickets. */
final class StaffDirectory {

  private final Api api;

  StaffDirectory(Api api) {
    this.api = api;
  }

  /** An entry of the directory. */
  record Entry(long id, String name, String email) {}

  /** A page of it, and how many work on tickets. */
  record Listed(List<Entry> entries, int total) {}

  Listed page(APIListAgentsRequest wanted) throws ApiException {
    ApiResponse<List<Agent>> answer = api.agents().listAgentsWithHttpInfo(wanted);
    return new Listed(
        answer.getData().stream().map(StaffDirectory::entry).toList(),
        Integer.parseInt(answer.getHeaders().get("x-wp-total").get(0)));
  }

  Entry entry(long id) throws ApiException {
    return entry(api.agents().getAgent(APIGetAgentRequest.newBuilder().id(id).build()));
  }

  Set<String> withAll() throws ApiException {
    return Set.copyOf(api.agents().describeAgents().getMethods());
  }

  Set<String> withOne(long id) throws ApiException {
    return Set.copyOf(
        api.agents()
            .describeAgent(APIDescribeAgentRequest.newBuilder().id(id).build())
            .getMethods());
  }

  private static Entry entry(Agent agent) {
    return new Entry(agent.getId(), agent.getName(), agent.getEmail());
  }
}
