package io.kbsserver.rest.preconditions;

import io.kbsserver.access.Caller;
import io.kbsserver.rest.address.BaseUrl;
import io.kbsserver.rest.login.CurrentCaller;
import io.kbsserver.rest.request.RequestParameters;
import io.kbsserver.site.CurrentSite;
import io.kbsserver.site.NamedValues;
import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.TreeSet;

/**
 * What is asked for, by whom, and all that one server may know a moment later than another:
 * settings, statuses and its own version. The same question has the same answer, until something is
 * changed that the log of changes tells of.
 */
@Singleton
class Questions {

  private static final String ATTRIBUTE = "kbs.question";

  private final CurrentSite site;
  private final List<NamedValues> namedValues;
  private final BaseUrl baseUrl;
  private final StateTags tags;
  private final String program;

  Questions(
      CurrentSite site,
      List<NamedValues> namedValues,
      BaseUrl baseUrl,
      StateTags tags,
      @Property(name = "kbs.program.version", defaultValue = "") String version,
      @Property(name = "kbs.program.commit", defaultValue = "") String commit) {
    this.site = site;
    this.namedValues = namedValues;
    this.baseUrl = baseUrl;
    this.tags = tags;
    this.program = version + " " + commit;
  }

  /** The digest of a question, as it was when it was asked for first. */
  String of(HttpRequest<?> request) {
    return request
        .getAttribute(ATTRIBUTE, String.class)
        .orElseGet(
            () -> {
              String digest = tags.of(asked(request));
              request.setAttribute(ATTRIBUTE, digest);
              return digest;
            });
  }

  private List<Object> asked(HttpRequest<?> request) {
    RequestParameters parameters = RequestParameters.of(request);
    Caller sees = CurrentCaller.get(request);
    return List.of(
        program,
        baseUrl.ofServer(request),
        request.getPath(),
        // The links of a page are made of the query alone.
        parameters.query(),
        parameters.parameters(request.getMethod()),
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
