package io.kbsserver.rest.connection;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;

/** Answers requests by their heads alone, before anything else is done for them. */
public interface Doorkeeper {

  /** What a request is told that is not let in. */
  Optional<FullHttpResponse> refuse(HttpRequest head);
}
