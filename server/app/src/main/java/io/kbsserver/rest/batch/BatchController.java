package io.kbsserver.rest.batch;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.kbsserver.api.BatchesApi;
import io.kbsserver.api.model.Batch;
import io.kbsserver.api.model.BatchAnswer;
import io.kbsserver.api.model.BatchMethod;
import io.kbsserver.api.model.BatchPart;
import io.kbsserver.api.model.BatchResult;
import io.kbsserver.api.model.BatchValidation;
import io.kbsserver.rest.body.Scalars;
import io.kbsserver.rest.idempotency.KeyClaims;
import io.kbsserver.rest.parameters.BoundRequests;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.response.AttachedTexts;
import io.kbsserver.rest.response.EnvelopeHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.context.ServerRequestContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates between the generated interface and the parts of a batch. */
@Controller("/wp-json")
class BatchController implements BatchesApi {

  private static final String NOT_VALID = "validation";
  private static final String PARTS = "requests";
  private static final String BODY = "body";

  private final BoundRequests requests;
  private final KeyClaims keys;
  private final BatchRunner runner;

  BatchController(BoundRequests requests, KeyClaims keys, BatchRunner runner) {
    this.requests = requests;
    this.keys = keys;
    this.runner = runner;
  }

  @Override
  @Consumes(MediaType.ALL)
  public HttpResponse<BatchResult> runBatch(RunBatchParameters parameters, Batch body) {
    HttpRequest<?> batch = ServerRequestContext.currentRequest().orElseThrow();
    requests.refuseIncomplete(batch);
    keys.claim(batch);
    List<BatchEntry> parts = parts(requireNonNull(body.requests()), batch);
    if (body.validation() == BatchValidation.REQUIRE_ALL_VALIDATE) {
      List<HttpResponse<?>> rehearsed = runner.rehearse(batch, parts);
      if (rehearsed.stream().anyMatch(BatchController::isRefusal)) {
        List<@Nullable BatchAnswer> refusals = new ArrayList<>();
        rehearsed.forEach(each -> refusals.add(isRefusal(each) ? shown(each) : null));
        return answer(BatchResult.builder().responses(refusals).failed(NOT_VALID).build());
      }
    }
    List<HttpResponse<?>> answers = runner.run(batch, parts);
    MutableHttpResponse<BatchResult> answer =
        answer(
            BatchResult.builder()
                .responses(answers.stream().map(BatchController::shown).toList())
                .build());
    answers.forEach(each -> AttachedTexts.add(answer, AttachedTexts.of(each)));
    return answer;
  }

  private static MutableHttpResponse<BatchResult> answer(BatchResult result) {
    return HttpResponse.<BatchResult>status(HttpStatus.MULTI_STATUS).body(result);
  }

  private static List<BatchEntry> parts(List<BatchPart> described, HttpRequest<?> batch) {
    List<?> sent =
        Scalars.items(
            requireNonNull(RequestParameters.of(batch).parameters(batch.getMethod()).get(PARTS)));
    List<BatchEntry> parts = new ArrayList<>();
    for (BatchPart part : described) {
      parts.add(
          new BatchEntry(
              requireNonNullElse(part.method(), BatchMethod.POST).getValue(),
              part.path(),
              part.body() == null ? Map.of() : body(sent.get(parts.size())),
              requireNonNullElse(part.headers(), Map.of())));
    }
    return parts;
  }

  /** As it was sent: the models that are bound know no decimal but what Java computes with. */
  @SuppressWarnings("unchecked") // What has no text for a key is an empty list of PHP.
  private static Map<String, Object> body(Object part) {
    return part instanceof Map<?, ?> fields && fields.get(BODY) instanceof Map<?, ?> body
        ? (Map<String, Object>) body
        : Map.of();
  }

  private static boolean isRefusal(HttpResponse<?> answer) {
    return answer.code() >= HttpStatus.BAD_REQUEST.getCode();
  }

  private static BatchAnswer shown(HttpResponse<?> answer) {
    return BatchAnswer.builder()
        .body(answer.body())
        .status(answer.code())
        .headers(new LinkedHashMap<>(EnvelopeHeaders.of(answer)))
        .build();
  }
}
