package io.kbsserver.rest.parameters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.type.Argument;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole numbers in paths. */
class LongNumbersTest {

  private static Optional<Long> read(String text) {
    return new LongNumbers()
        .convert(text, Long.class, ConversionContext.of(Argument.of(Long.class)));
  }

  @Test
  void moreDigitsThanJavaCountsAreTheLargestNumber() {
    assertEquals(Optional.of(7L), read("7"));
    assertEquals(Optional.of(Long.MAX_VALUE), read("9223372036854775808"));
  }

  @Test
  void whatIsNoNumberIsNone() {
    assertEquals(Optional.empty(), read("x"));
    assertEquals(Optional.empty(), read("-9223372036854775809"));
  }
}
