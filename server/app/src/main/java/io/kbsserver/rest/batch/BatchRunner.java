package io.kbsserver.rest.batch;

import io.kbsserver.refusal.Conflict;
import io.kbsserver.refusal.Refusal;
import io.kbsserver.rest.errors.ErrorResponses;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Has the parts of a batch answered one after the other, on the thread and place of the batch. */
@Singleton
class BatchRunner {

  /** So that whoever stands between waits for the answer, and nobody keeps a place for long. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** Of the bodies of answers, which are all there before one is sent. */
  private static final long MOST_BYTES = 8L * 1024 * 1024;

  private final PartRequests requests;
  private final PartLifecycle lifecycle;
  private final Clock clock;
  private final JsonMapper json;

  BatchRunner(PartRequests requests, PartLifecycle lifecycle, Clock clock, JsonMapper json) {
    this.requests = requests;
    this.lifecycle = lifecycle;
    this.clock = clock;
    this.json = json;
  }

  /** What each part would be refused with for what it says; nothing is run. */
  List<HttpResponse<?>> rehearse(HttpRequest<?> batch, List<BatchEntry> parts) {
    List<HttpResponse<?>> answers = new ArrayList<>();
    for (BatchEntry part : parts) {
      answers.add(answer(batch, part, answers.size(), true));
    }
    return answers;
  }

  /** The answers to the parts; those that come too late, or for which there is no room, wait. */
  List<HttpResponse<?>> run(HttpRequest<?> batch, List<BatchEntry> parts) {
    Deadline deadline = new Deadline(clock, LONGEST);
    List<HttpResponse<?>> answers = new ArrayList<>();
    long bytes = 0;
    for (BatchEntry part : parts) {
      HttpResponse<?> answer =
          deadline.isOver() || bytes > MOST_BYTES
              ? ErrorResponses.overloaded()
              : answer(batch, part, answers.size(), false);
      if (PartRequests.isRepeatable(batch) && isInProgress(answer)) {
        // Whoever sent the batch before is at this part, and those behind it come later.
        throw Conflict.inProgress();
      }
      bytes += size(answer);
      answers.add(answer);
    }
    return answers;
  }

  private static boolean isInProgress(HttpResponse<?> answer) {
    return answer.body() instanceof Map<?, ?> body
        && Conflict.inProgress().code().equals(body.get("code"));
  }

  private long size(HttpResponse<?> answer) {
    try {
      return answer.body() == null ? 0 : json.writeValueAsBytes(answer.body()).length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<?> answer(
      HttpRequest<?> batch, BatchEntry part, int index, boolean rehearsed) {
    HttpRequest<?> request;
    try {
      request = requests.of(batch, part, index, rehearsed);
    } catch (Refusal refusal) {
      return ErrorResponses.of(refusal);
    }
    return lifecycle.answer(request);
  }
}
