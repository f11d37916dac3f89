package io.kbsserver.consumers;

import io.kbsserver.client.ApiException;
import java.util.Map;

/**
 * Why a request was refused, as a client reads it.
 *
 * @param code for programs
 * @param fields what is wrong with which parameter; empty where none is at fault
 * @param retryAfter seconds after which another try makes sense; 0 where none is stated
 */
record Refused(int status, String code, Map<String, String> fields, int retryAfter) {

  static Refused of(ApiException failure) {
    return new Refused(
        failure.getStatus(),
        failure.getCode(),
        failure.getParams(),
        failure.getResponseHeaders().firstValue("Retry-After").map(Integer::valueOf).orElse(0));
  }
}
