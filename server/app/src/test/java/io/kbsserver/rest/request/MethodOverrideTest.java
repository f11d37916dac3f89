package io.kbsserver.rest.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A request that asks to be taken for one with another method. */
class MethodOverrideTest {

  private static final String HEADER = "X-HTTP-Method-Override";

  @Test
  void theParameterGoesBeforeTheHeader() {
    HttpRequest<?> request = HttpRequest.POST("/", "").header(HEADER, "patch");
    assertEquals(HttpMethod.PATCH, MethodOverride.of(request, Map.of()).getMethod());
    assertEquals("PUT", MethodOverride.of(request, Map.of("_method", "put")).getMethodName());
  }

  @Test
  void whoDoesNotAskIsTakenAsTheyAre() {
    HttpRequest<?> request = HttpRequest.POST("/", "");
    assertSame(request, MethodOverride.of(request, Map.of()));
  }

  @Test
  void aListNamesNoMethod() {
    HttpRequest<?> request =
        MethodOverride.of(HttpRequest.GET("/"), Map.of("_method", List.of("put")));
    assertEquals("", request.getMethodName());
    assertEquals(HttpMethod.CUSTOM, request.getMethod());
  }
}
