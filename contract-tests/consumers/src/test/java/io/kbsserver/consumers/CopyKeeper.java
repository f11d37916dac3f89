package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.ChangesApi.APIExportTicketsRequest;
import io.kbsserver.client.ChangesApi.APIListChangesRequest;
import io.kbsserver.client.ChangesApi.APIStreamChangesRequest;
import io.kbsserver.client.model.ChangeItem;
import io.kbsserver.client.model.ChangePage;
import io.kbsserver.client.model.ExportTicketsFormat;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps a copy of all tickets, for a search engine or a data warehouse. */
final class CopyKeeper {

  private final Api api;
  private final Map<Long, Object> tickets = new LinkedHashMap<>();
  private long position;

  /** With an empty copy, which is that of this position. */
  CopyKeeper(Api api, long position) {
    this.api = api;
    this.position = position;
  }

  /** Exports all tickets, as lines, and remembers where to go on. */
  File begin() throws ApiException {
    return begin(APIExportTicketsRequest.newBuilder().build());
  }

  /** The same as a table. */
  File beginWithTable() throws ApiException {
    return begin(APIExportTicketsRequest.newBuilder().format(ExportTicketsFormat.CSV).build());
  }

  private File begin(APIExportTicketsRequest wanted) throws ApiException {
    ApiResponse<File> answer = api.changes().exportTicketsWithHttpInfo(wanted);
    position = Long.parseLong(answer.getHeaders().get("kbs-position").get(0));
    return answer.getData();
  }

  /** Asks for changes, and brings the copy up to date; tells whether there are more. */
  boolean follow() throws ApiException {
    ChangePage page =
        api.changes()
            .listChanges(
                APIListChangesRequest.newBuilder()
                    .after(position)
                    .kinds(List.of("ticket"))
                    .build());
    page.getChanges().forEach(this::apply);
    position = page.getNext();
    return page.getMore();
  }

  /** Asks where the changes are by now. */
  long ask() throws ApiException {
    return api.changes().listChanges(APIListChangesRequest.newBuilder().build()).getNext();
  }

  /** What is told, until there is nothing more. */
  File listen() throws ApiException {
    return api.changes().streamChanges(APIStreamChangesRequest.newBuilder().waitSeconds(0).build());
  }

  /** What is told from now on. */
  File listenOn() throws ApiException {
    return api.changes().streamChanges(APIStreamChangesRequest.newBuilder().build());
  }

  /** What is told behind the position that is known. */
  File listenBehind() throws ApiException {
    return api.changes()
        .streamChanges(APIStreamChangesRequest.newBuilder().after(position).build());
  }

  Set<String> whatCanBeHeard() throws ApiException {
    return Set.copyOf(api.changes().describeEvents().getMethods());
  }

  private void apply(ChangeItem change) {
    if (change.getGone()) {
      tickets.remove(change.getId());
    } else if (change.getObject() != null) {
      tickets.put(change.getId(), change.getObject());
    }
  }

  /** What is kept. */
  Map<Long, Object> tickets() {
    return tickets;
  }

  /** Where it goes on. */
  long position() {
    return position;
  }

  Set<String> whatCanBeFollowed() throws ApiException {
    return Set.copyOf(api.changes().describeChanges().getMethods());
  }

  Set<String> whatCanBeExported() throws ApiException {
    return Set.copyOf(api.changes().describeExport().getMethods());
  }
}
