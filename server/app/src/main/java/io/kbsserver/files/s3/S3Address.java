package io.kbsserver.files.s3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in an S3-compatible store, as in {@code s3://bucket/a/prefix}.
 *
 * @param bucket the bucket
 * @param prefix what the keys of the objects there begin with; empty, or it ends with a slash
 */
public record S3Address(String bucket, String prefix) {

  /** What such an address begins with. */
  public static final String SCHEME = "s3://";

  private static final Pattern ADDRESS =
      Pattern.compile(SCHEME + "([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9!_.*'()-]+)*)/?");

  /** Reads one; a mistake is an {@link IllegalArgumentException}. */
  public static S3Address parse(String text) {
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches()) {
      throw new IllegalArgumentException("is no address such as s3://bucket/prefix: " + text);
    }
    String prefix = address.group(2);
    return new S3Address(address.group(1), prefix.isEmpty() ? "" : prefix.substring(1) + '/');
  }

  /** A place below it. */
  S3Address below(String name) {
    return new S3Address(bucket, prefix + name + '/');
  }

  /** As it is written. */
  @Override
  public String toString() {
    return (SCHEME + bucket + '/' + prefix).replaceFirst("/$", "");
  }
}
