package io.kbsserver.rest.parameters;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.convert.TypeConverter;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Reads whole numbers, such as the ids in paths. One with more digits than Java counts is no
 * mistake, only the id of nothing: it is the largest.
 */
@Singleton
class LongNumbers implements TypeConverter<String, Long> {

  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  @Override
  public Optional<Long> convert(String text, Class<Long> type, ConversionContext context) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigInteger(text).min(LARGEST).longValueExact());
    } catch (NumberFormatException | ArithmeticException e) {
      context.reject(text, e);
      return Optional.empty();
    }
  }
}
