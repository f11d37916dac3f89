package io.kbsserver.rest.bulkhead;

import static java.util.Objects.requireNonNull;

import io.kbsserver.access.RememberedLogins;
import io.kbsserver.rest.connection.AnsweredByHead;
import io.kbsserver.rest.connection.Doorkeeper;
import io.kbsserver.rest.errors.ErrorResponses;
import io.kbsserver.rest.errors.RetryAfter;
import io.kbsserver.rest.request.RequestBody;
import io.kbsserver.rest.request.RequestReader;
import io.kbsserver.rest.routing.RouteHeaders;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.json.JsonMapper;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says of a request, by its head alone, that it would be refused at one of the gates: most of a
 * flood costs no more than that. Where the head does not tell what will be done, the gates decide.
 */
@Singleton
final class EarlyRefusal implements Doorkeeper {

  private static final Set<HttpMethod> READS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private static final Pattern SEARCHES =
      Pattern.compile("(?:^|&)(?:" + String.join("|", WorkKind.SEARCHED) + ")=[^&]");

  /** Parameters that make another request of it, or another answer, or lead far into a list. */
  private static final Pattern OPEN =
      Pattern.compile("(?:^|&)(?:_method|_envelope|_jsonp|offset|page=(?!\\d{1,2}(?:&|$)))");

  private final Bulkhead<Visitor> visitors;
  private final Bulkhead<WorkKind> work;
  private final RememberedLogins logins;
  private final ApplicationEventPublisher<AnsweredByHead> listeners;
  private final byte[] body;

  EarlyRefusal(
      Bulkhead<Visitor> visitors,
      Bulkhead<WorkKind> work,
      RememberedLogins logins,
      ApplicationEventPublisher<AnsweredByHead> listeners,
      JsonMapper json) {
    this.visitors = visitors;
    this.work = work;
    this.logins = logins;
    this.listeners = listeners;
    try {
      this.body = json.writeValueAsBytes(requireNonNull(ErrorResponses.overloaded().body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<FullHttpResponse> refuse(HttpRequest head) {
    if (!isPlain(head) || !isFull(head)) {
      return Optional.empty();
    }
    listeners.publishEvent(new AnsweredByHead(HttpResponseStatus.SERVICE_UNAVAILABLE.code()));
    return Optional.of(answer(head));
  }

  /** Whether a request would be refused if it came to the gates now, which then counts. */
  private boolean isFull(HttpRequest head) {
    String login = head.headers().get(HttpHeaderNames.AUTHORIZATION);
    return visitors.isFull(Visitor.seen(login, logins))
        // Without a login few get to the second gate, which soon tells the others.
        || (login != null && work.isFull(kind(head)));
  }

  private FullHttpResponse answer(HttpRequest head) {
    FullHttpResponse answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            Unpooled.wrappedBuffer(body));
    HttpHeaders headers = answer.headers();
    RouteHeaders.addToRefusal(head.headers().get(HttpHeaderNames.ORIGIN), headers::set);
    headers.set(HttpHeaderNames.RETRY_AFTER, RetryAfter.header(RetryAfter.soon()));
    HttpUtil.setContentLength(answer, body.length);
    return answer;
  }

  private static boolean isPlain(HttpRequest request) {
    HttpHeaders headers = request.headers();
    return request.uri().startsWith(RequestReader.ROOT)
        && request.decoderResult().isSuccess()
        && !headers.contains(RequestReader.METHOD_OVERRIDE)
        && !headers.contains(HttpHeaderNames.EXPECT)
        && !headers.contains(HttpHeaderNames.UPGRADE)
        && !HttpUtil.isTransferEncodingChunked(request)
        && HttpUtil.getContentLength(request, 0L) <= RequestBody.SHORT
        && !OPEN.matcher(query(request)).find();
  }

  private static WorkKind kind(HttpRequest request) {
    if (!READS.contains(request.method())) {
      return WorkKind.WRITE;
    }
    return SEARCHES.matcher(query(request)).find() ? WorkKind.SEARCH : WorkKind.READ;
  }

  private static String query(HttpRequest request) {
    int start = request.uri().indexOf('?');
    return start < 0 ? "" : request.uri().substring(start + 1);
  }
}
