package io.kbsserver.files.s3;

import io.kbsserver.storage.StartupFailure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What an S3-compatible store did not do, as the failures of any other place for files. */
final class StoreFailures {

  private static final int TOO_MANY = 429;
  private static final int FIRST_OF_THE_STORE = 500;

  private StoreFailures() {}

  /** Asks the store for something about an object. */
  static <T> T in(String name, Supplier<T> asked) throws IOException {
    try {
      return asked.get();
    } catch (NoSuchKeyException e) {
      throw (IOException) new NoSuchFileException(name).initCause(e);
    } catch (S3Exception e) {
      String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
      String said = e.statusCode() + (code == null ? "" : " " + code);
      if ("NoSuchKey".equals(code)) {
        throw (IOException) new NoSuchFileException(name).initCause(e);
      }
      if (e.statusCode() >= FIRST_OF_THE_STORE || e.statusCode() == TOO_MANY) {
        throw new StoreAwayException("the store answers " + said, e);
      }
      throw new IOException("the store refuses: " + said, e);
    } catch (SdkException e) {
      if (isAway(e)) {
        throw new StoreAwayException("the store does not answer: " + StartupFailure.oneLine(e), e);
      }
      throw new IOException(StartupFailure.oneLine(e), e);
    }
  }

  private static boolean isAway(SdkException e) {
    return Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof IOException
                    || cause instanceof ApiCallTimeoutException
                    || cause instanceof ApiCallAttemptTimeoutException
                    || cause instanceof AbortedException);
  }
}
