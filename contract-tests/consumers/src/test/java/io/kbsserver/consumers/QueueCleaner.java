package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import io.kbsserver.client.BatchesApi.APIRunBatchRequest;
import io.kbsserver.client.model.Batch;
import io.kbsserver.client.model.BatchAnswer;
import io.kbsserver.client.model.BatchResult;
import java.util.List;
import java.util.Set;

/** Makes many changes with few requests. */
record QueueCleaner(Api api) {

  /** What has come of each change, as its status; 0 where it was not made. */
  List<Integer> make(Batch changes) throws ApiException {
    BatchResult result =
        api.batches().runBatch(APIRunBatchRequest.newBuilder().batch(changes).build());
    return result.getResponses().stream().map(QueueCleaner::status).toList();
  }

  private static int status(BatchAnswer answer) {
    return answer == null ? 0 : answer.getStatus();
  }

  Set<String> canBeDone() throws ApiException {
    return Set.copyOf(api.batches().describeBatch().getMethods());
  }
}
