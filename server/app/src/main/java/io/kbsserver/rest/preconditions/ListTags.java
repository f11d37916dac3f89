package io.kbsserver.rest.preconditions;

import io.kbsserver.access.Caller;
import io.kbsserver.change.ChangeMark;
import io.kbsserver.list.Page;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.rest.response.Paging;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.NamedValues;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Tags of lists that hang on nothing but what the log of changes tells. A tag is made of how much
 * was changed when the rows were read, of who asks for what, and of all that one server may know a
 * moment later than another: settings, statuses and its own version. So whoever has a list already
 * costs no more than their login, and how much was changed by now. What is read behind the rows may
 * be newer than the tag, and is never older; that is why it is a weak one.
 */
@Singleton
public class ListTags {

  private static final String WEAK = "W/";

  private final ChangeMark changes;
  private final CurrentSite site;
  private final List<NamedValues> namedValues;
  private final CurrentCaller caller;
  private final BaseUrl baseUrl;
  private final StateTags tags;
  private final Paging paging;
  private final String program;

  ListTags(
      ChangeMark changes,
      CurrentSite site,
      List<NamedValues> namedValues,
      CurrentCaller caller,
      BaseUrl baseUrl,
      StateTags tags,
      Paging paging,
      @Property(name = "kbs.program.version", defaultValue = "") String version,
      @Property(name = "kbs.program.commit", defaultValue = "") String commit) {
    this.changes = changes;
    this.site = site;
    this.namedValues = namedValues;
    this.caller = caller;
    this.baseUrl = baseUrl;
    this.tags = tags;
    this.paging = paging;
    this.program = version + " " + commit;
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
    List<Object> asked = asked(request);
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
  private Optional<String> ofClient(HttpRequest<?> request, List<Object> asked) {
    return EntityTags.of(request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH))
        .flatMap(has -> changes.now().map(mark -> tag(mark, asked)).filter(has::includes));
  }

  private String tag(String mark, List<Object> asked) {
    return WEAK + tags.of(List.of(mark, asked));
  }

  private List<Object> asked(HttpRequest<?> request) {
    Caller sees = caller.get();
    return List.of(
        program,
        baseUrl.ofServer(),
        request.getPath(),
        RequestParameters.of(request).parameters(request.getMethod()),
        request.getHeaders().getAll("Prefer"),
        sees.userId(),
        sees.email(),
        new TreeSet<>(sees.roles()),
        sees.customerIds(),
        sees.companyIds(),
        site.current().fingerprint(),
        namedValues.stream().map(NamedValues::values).toList());
  }
}
