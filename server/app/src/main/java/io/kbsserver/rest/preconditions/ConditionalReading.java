package io.kbsserver.rest.preconditions;

import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.response.ResponseOrder;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.json.tree.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finishes the tag of an answer when nothing is done to its body any more, and says that the client
 * has it already, where that is so.
 */
@ServerFilter(RequestReader.ROUTES)
class ConditionalReading implements Ordered {

  private final StateTags tags;
  private final RecentAnswers answers;

  ConditionalReading(StateTags tags, RecentAnswers answers) {
    this.tags = tags;
    this.answers = answers;
  }

  @Override
  public int getOrder() {
    return ResponseOrder.TAGS;
  }

  @ResponseFilter
  @Nullable MutableHttpResponse<?> finish(HttpRequest<?> request, MutableHttpResponse<?> response) {
    String whole = response.getHeaders().get(HttpHeaders.ETAG);
    Object body = response.body();
    if (whole == null || body == null || response.code() != HttpStatus.OK.getCode()) {
      return response;
    }
    String tag = isMadeOfIt(request, whole, body) ? tags.of(whole, body) : whole;
    response.getHeaders().set(HttpHeaders.ETAG, tag);
    answers.keep(request, response, body);
    return request.getMethod() == HttpMethod.GET && EntityTags.known(request, tag)
        ? HttpResponse.notModified().header(HttpHeaders.ETAG, tag)
        : response;
  }

  /** Whether a body is only a part of what there is, or more than that. A list's tag says so. */
  private static boolean isMadeOfIt(HttpRequest<?> request, String tag, Object body) {
    Map<String, Object> query = RequestParameters.of(request).query();
    return body instanceof JsonNode
        && !ListTags.isOfList(tag)
        && (query.containsKey("_fields") || query.containsKey("_embed"));
  }
}
