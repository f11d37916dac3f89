package io.kbsserver.rest.response;

import io.kbsserver.list.Page;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.rest.body.NestedParameters;
import io.kbsserver.rest.request.RequestParameters;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers with one page of a collection, and says in the headers what comes before and after. */
@Singleton
public class Paging {

  /** Proxies commonly refuse answers with more than 4 KiB of headers. */
  private static final int LONGEST = 3000;

  private static final String SEPARATOR = ", ";

  private final BaseUrl baseUrl;

  Paging(BaseUrl baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** One page. */
  public <T> MutableHttpResponse<List<T>> page(Page<T> found) {
    long page = found.window().page();
    long pages = found.pages();
    MutableHttpResponse<List<T>> response =
        HttpResponse.ok(found.items())
            .header("X-WP-Total", String.valueOf(found.total()))
            .header("X-WP-TotalPages", String.valueOf(pages));
    found.late().ifPresent(late -> AttachedTexts.add(response, List.of(late)));
    List<String> links = new ArrayList<>();
    if (page < pages) {
      addIfShort(links, link(page + 1, "next"));
    }
    if (page > 1) {
      addIfShort(links, link(Math.min(page - 1, Math.max(pages, 1)), "prev"));
    }
    if (!links.isEmpty()) {
      response.header(HttpHeaders.LINK, String.join(SEPARATOR, links));
    }
    return response;
  }

  /** The page to come is the more important one. */
  private static void addIfShort(List<String> links, String link) {
    links.add(0, link);
    if (String.join(SEPARATOR, links).length() > LONGEST) {
      links.remove(0);
    }
  }

  private String link(long page, String relation) {
    HttpRequest<?> request = ServerRequestContext.currentRequest().orElseThrow();
    Map<String, Object> query = RequestParameters.of(request).queryAsUnderstood();
    query.put("page", String.valueOf(page));
    return "<%s%s?%s>; rel=\"%s\""
        .formatted(
            baseUrl.ofServer(), request.getPath(), NestedParameters.toQuery(query), relation);
  }
}
