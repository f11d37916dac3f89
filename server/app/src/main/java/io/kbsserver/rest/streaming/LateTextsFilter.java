package io.kbsserver.rest.streaming;

import io.kbsserver.list.LateTexts;
import io.kbsserver.rest.request.BatchedPart;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.response.AttachedTexts;
import io.kbsserver.rest.response.ResponseOrder;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Sends an answer whose long texts are read as it is sent. An answer whose texts were all read with
 * it, which most are, passes by.
 */
@ServerFilter(RequestReader.ROUTES)
class LateTextsFilter implements Ordered {

  private final JsonMapper json;

  LateTextsFilter(JsonMapper json) {
    this.json = json;
  }

  @Override
  public int getOrder() {
    return ResponseOrder.LATE_TEXTS;
  }

  @ResponseFilter
  @SuppressWarnings("unchecked")
  void stream(HttpRequest<?> request, MutableHttpResponse<?> response) throws IOException {
    List<LateTexts> late = AttachedTexts.of(response);
    Object body = response.body();
    if (late.isEmpty() || body == null || body instanceof byte[] || BatchedPart.is(request)) {
      return;
    }
    String answer = new String(json.writeValueAsBytes(body), StandardCharsets.UTF_8);
    // Who did not ask for the texts gets none.
    if (!LateTexts.marks(late, answer).find()) {
      return;
    }
    InputStream stream = new LateJson(answer, late, json);
    ((MutableHttpResponse<Object>) response).body(stream);
  }
}
