package io.kbsserver.rest.response;

import io.kbsserver.list.LateTexts;
import io.kbsserver.rest.request.RequestReader;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Sends an answer whose long texts are read as it is sent. An answer whose texts were all read with
 * it, which most are, passes by.
 */
@ServerFilter(RequestReader.ROUTES)
class LateTextsFilter implements Ordered {

  /** The attribute of an answer that has its texts. */
  static final String TEXTS = LateTexts.class.getName();

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
  void stream(MutableHttpResponse<?> response) throws IOException {
    LateTexts late = response.getAttribute(TEXTS, LateTexts.class).orElse(null);
    Object body = response.body();
    if (late == null || body == null) {
      return;
    }
    String answer = new String(json.writeValueAsBytes(body), StandardCharsets.UTF_8);
    // Who did not ask for the texts gets none.
    if (!late.marks(answer).find()) {
      return;
    }
    InputStream stream = new LateJson(answer, late, json);
    ((MutableHttpResponse<Object>) response).body(stream);
  }
}
