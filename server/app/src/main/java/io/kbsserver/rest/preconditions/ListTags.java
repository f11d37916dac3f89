package io.kbsserver.rest.preconditions;

import io.kbsserver.change.ChangeMark;
import io.kbsserver.list.Page;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.request.BatchedPart;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.response.Paging;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tags of lists that hang on nothing but what the log of changes tells. A tag is made of how much
 * was changed when the rows were read, and of {@linkplain Questions who asks for what}. So whoever
 * has a list already costs no more than their login. What is read behind the rows may be newer than
 * the tag, and is never older; that is why it is a weak one.
 */
@Singleton
public class ListTags {

  private static final String WEAK = "W/";

  private final ChangeMark changes;
  private final Questions questions;
  private final StateTags tags;
  private final Paging paging;

  ListTags(ChangeMark changes, Questions questions, StateTags tags, Paging paging) {
    this.changes = changes;
    this.questions = questions;
    this.tags = tags;
    this.paging = paging;
  }

  /** Whether a tag is one of these. */
  static boolean isOfList(String tag) {
    return tag.startsWith(WEAK);
  }

  /** A page of a list with its tag; where the client has that already, it is not made. */
  public <T> HttpResponse<List<T>> page(Supplier<Page<T>> list) {
    HttpRequest<?> request = ServerRequestContext.currentRequest().orElseThrow();
    Map<String, Object> query = RequestParameters.of(request).query();
    if (query.containsKey("_embed") || query.containsKey("_envelope")) {
      // What links lead to may hang on more than the log tells, and WordPress's envelope has no
      // tag.
      return paging.page(list.get());
    }
    // What is known now, since what the list is made of is not older than that.
    String asked = questions.of(request);
    Optional<String> known = ofClient(request, asked);
    if (known.isPresent()) {
      return HttpResponse.<List<T>>notModified().header(HttpHeaders.ETAG, known.get());
    }
    Page<T> page = list.get();
    MutableHttpResponse<List<T>> response = paging.page(page);
    page.mark().ifPresent(mark -> response.header(HttpHeaders.ETAG, tag(mark, asked)));
    return response;
  }

  /**
   * The tag of the list as it is now, if the client names it, and so has seen that there is one.
   */
  private Optional<String> ofClient(HttpRequest<?> request, String asked) {
    return EntityTags.of(request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH))
        .flatMap(
            has ->
                (BatchedPart.is(request) ? changes.now() : CurrentCaller.mark(request))
                    .map(mark -> tag(mark, asked))
                    .filter(has::includes));
  }

  private String tag(String mark, String asked) {
    return WEAK + tags.of(List.of(mark, asked));
  }
}
